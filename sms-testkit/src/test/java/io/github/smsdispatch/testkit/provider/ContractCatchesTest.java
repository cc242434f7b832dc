package io.github.smsdispatch.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contract against providers with one mistake each, and looks at which of its tests fail. */
@DisplayName("The contract for providers")
class ContractCatchesTest {
    static Stream<Arguments> flaws() {
        return Stream.of(
                Arguments.of(
                        RetriesAPost.class,
                        SmsProviderContract.Faults.class,
                        Set.of("neverTwiceAndNeverWrong", "stalls", "nothingLater")),
                Arguments.of(RetriesInTheBackground.class, SmsProviderContract.Faults.class, Set.of("nothingLater")),
                Arguments.of(RetriesWithTheNextCall.class, SmsProviderContract.Faults.class, Set.of("nothingLater")),
                Arguments.of(RetriesWhileClosing.class, SmsProviderContract.Faults.class, Set.of("nothingLater")),
                Arguments.of(
                        CallsALostAnswerRefused.class,
                        SmsProviderContract.Faults.class,
                        Set.of("neverTwiceAndNeverWrong", "stalls")),
                Arguments.of(
                        RemembersARefusal.class, SmsProviderContract.Sharing.class, Set.of("noMemory", "anyOrder")),
                Arguments.of(MixesUpThreads.class, SmsProviderContract.Sharing.class, Set.of("concurrent")),
                Arguments.of(
                        MixesUpTheBatch.class,
                        SmsProviderContract.Batches.class,
                        Set.of("full", "mentionedInExcess", "mentionedInPart", "refusedAmongOthers", "severalTexts")),
                Arguments.of(SharesOneFate.class, SmsProviderContract.Batches.class, Set.of("refusedAmongOthers")),
                Arguments.of(TakesTooMany.class, SmsProviderContract.Batches.class, Set.of("tooFull")),
                Arguments.of(SendsOneTextToAll.class, SmsProviderContract.Batches.class, Set.of("severalTexts")),
                Arguments.of(ThrowsOnBadJson.class, SmsProviderContract.Hostility.class, Set.of("submits", "lookups")),
                Arguments.of(
                        TakesFailureForAbsence.class,
                        SmsProviderContract.Lookups.class,
                        Set.of("faults", "stalls", "noServer", "doubtWithoutSecondPage")),
                Arguments.of(WantsTheReference.class, SmsProviderContract.Lookups.class, Set.of("statusByIdAlone")),
                Arguments.of(CountsNoCodes.class, SmsProviderContract.Capabilities.class, Set.of("unknownCodes")),
                Arguments.of(
                        BelievesACodeUnderAServerError.class,
                        SmsProviderContract.Capabilities.class,
                        Set.of("unknownCodeOfAServerError")),
                Arguments.of(DeclaresNoSecret.class, SmsProviderContract.Settings.class, Set.of("secrets")),
                Arguments.of(ListsNoFactory.class, SmsProviderContract.Settings.class, Set.of("found")),
                Arguments.of(ChangesItsTraits.class, SmsProviderContract.Capabilities.class, Set.of("constant")),
                Arguments.of(
                        SaysNothingOfLongCalls.class, SmsProviderContract.Capabilities.class, Set.of("longestCall")),
                Arguments.of(
                        BelievesAnySignature.class,
                        SmsProviderContract.Webhooks.class,
                        Set.of("forged", "otherSecret")),
                Arguments.of(IgnoresAge.class, SmsProviderContract.Webhooks.class, Set.of("forged")),
                Arguments.of(HasWebhooksThatNobodyForges.class, SmsProviderContract.Webhooks.class, Set.of("told")),
                Arguments.of(LogsTheNumber.class, SmsProviderContract.Logs.class, Set.of("nothingShows")),
                Arguments.of(LogsTheNumberInGroups.class, SmsProviderContract.Logs.class, Set.of("nothingShows")),
                Arguments.of(MasksHalfOfTheNumber.class, SmsProviderContract.Logs.class, Set.of("nothingShows")),
                Arguments.of(PrintsTheErrorBody.class, SmsProviderContract.Logs.class, Set.of("nothingShows")),
                Arguments.of(LogsCredentials.class, SmsProviderContract.Logs.class, Set.of("nothingShows")),
                Arguments.of(LogsNothing.class, SmsProviderContract.Logs.class, Set.of("nothingShows")),
                Arguments.of(TakesAnybodysMessage.class, SmsProviderContract.Lookups.class, Set.of("doubtOfAnother")),
                Arguments.of(
                        ReadsOnePage.class,
                        SmsProviderContract.Lookups.class,
                        Set.of("doubtOnSecondPage", "doubtWithoutSecondPage")),
                Arguments.of(BelievesAnUnsignedForm.class, SmsProviderContract.Webhooks.class, Set.of("forged")),
                Arguments.of(ChecksOneReadsAnother.class, SmsProviderContract.Webhooks.class, Set.of("forged")),
                Arguments.of(PassesOnTheDescription.class, SmsProviderContract.Logs.class, Set.of("nothingShows")),
                Arguments.of(WritesBareNumbers.class, SmsProviderContract.Webhooks.class, Set.of("genuine")),
                Arguments.of(
                        SaysNothingOfLookups.class,
                        SmsProviderContract.Lookups.class,
                        Set.of(
                                "statusFound",
                                "statusByIdAlone",
                                "doubtFound",
                                "doubtOfAnother",
                                "doubtOnSecondPage",
                                "doubtAbsent",
                                "faults",
                                "stalls")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(classes = {SharesItsConnections.class, UsesNoConnectionTwice.class, DoubtsA429.class})
    @DisplayName("lets a provider pass that is honest in another way")
    void passes(Class<?> contract) {
        assertThat(failures(contract, SmsProviderContract.Faults.class)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("flaws")
    @DisplayName("catches a provider that is wrong in one thing, by the tests that are about it")
    void catches(Class<?> contract, Class<?> group, Set<String> failing) {
        assertThat(failures(contract, group)).isEqualTo(new TreeSet<>(failing));
    }

    @Test
    @DisplayName("names the line that leaks")
    void namesTheLeak() {
        var messages = new ArrayList<String>();
        run(LogsTheNumber.class, SmsProviderContract.Logs.class, new ArrayList<>(), messages);
        assertThat(messages)
                .singleElement()
                .asString()
                .contains(
                        "SLF4J: TRACE io.github.smsdispatch.testkit.provider.GatewayProvider sending to +447700900987")
                .doesNotContain("nothing at all");
    }

    @Test
    @DisplayName("names the fault, and what was expected of it")
    void namesTheFault() {
        var messages = new ArrayList<String>();
        run(CallsALostAnswerRefused.class, SmsProviderContract.Faults.class, new ArrayList<>(), messages);
        assertThat(messages)
                .anyMatch(message -> message.startsWith("CLOSE_AFTER_REQUEST (see endingOf) ended as Refused")
                        && message.contains("expected: <UNKNOWN> but was: <UNAVAILABLE>"))
                .allMatch(message -> Stream.of(HandOverFault.values())
                        .anyMatch(fault -> message.contains(fault + " (see endingOf) ended as")));
        messages.clear();
        run(SharesOneFate.class, SmsProviderContract.Batches.class, new ArrayList<>(), messages);
        assertThat(messages)
                .singleElement()
                .asString()
                .startsWith("one beside those that refuses says no to, to which accepts says yes");
    }

    @Test
    @DisplayName("says where the factory should be named, and what is named there instead")
    void namesTheServicesFile(@TempDir Path folder) throws IOException {
        Path services = folder.resolve("META-INF/services/" + SmsProviderFactory.class.getName());
        Files.createDirectories(services.getParent());
        Files.writeString(services, "com.example.Misspelt\n");
        var messages = new ArrayList<String>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            run(ListsNoFactory.class, SmsProviderContract.Settings.class, new ArrayList<>(), messages);
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(messages)
                .singleElement()
                .asString()
                .startsWith("the service loader does not find " + UnlistedFactory.class.getName() + ": does "
                        + "META-INF/services/io.github.smsdispatch.spi.SmsProviderFactory name it")
                .contains("com.example.Misspelt not found");
    }

    private static Set<String> failures(Class<?> contract, Class<?> group) {
        var failed = new ArrayList<String>();
        run(contract, group, failed, new ArrayList<>());
        return new TreeSet<>(failed);
    }

    private static void run(Class<?> contract, Class<?> group, List<String> failed, List<String> messages) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectNestedClass(List.of(contract), group))
                .configurationParameter(OnPurpose.PARAMETER, "true")
                .build();
        var succeeded = new ArrayList<String>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (!test.isTest()) {
                    return;
                }
                String method = ((org.junit.platform.engine.support.descriptor.MethodSource)
                                test.getSource().orElseThrow())
                        .getMethodName();
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failed.add(method);
                    messages.add(
                            String.valueOf(result.getThrowable().orElseThrow().getMessage()));
                } else {
                    succeeded.add(method);
                }
            }
        });
        assertThat(failed.size() + succeeded.size()).as("tests that ran").isPositive();
    }

    /** Each flaw has a class of its own, as the contract makes a further instance of it by its name. */
    @ExtendWith(OnPurpose.class)
    abstract static class Flawed extends GatewayContractTest {
        private final Flaw flaw;

        Flawed(Flaw flaw) {
            this.flaw = flaw;
        }

        @Override
        protected SmsProviderFactory factory() {
            return new GatewayFactory(EnumSet.of(flaw));
        }
    }

    static class RetriesAPost extends Flawed {
        RetriesAPost() {
            super(Flaw.RETRIES_A_POST);
        }
    }

    static class RetriesInTheBackground extends Flawed {
        RetriesInTheBackground() {
            super(Flaw.RETRIES_IN_THE_BACKGROUND);
        }
    }

    static class RetriesWithTheNextCall extends Flawed {
        RetriesWithTheNextCall() {
            super(Flaw.RETRIES_WITH_THE_NEXT_CALL);
        }
    }

    static class RetriesWhileClosing extends Flawed {
        RetriesWhileClosing() {
            super(Flaw.RETRIES_WHILE_CLOSING);
        }
    }

    static class LogsTheNumberInGroups extends Flawed {
        LogsTheNumberInGroups() {
            super(Flaw.LOGS_THE_NUMBER_IN_GROUPS);
        }
    }

    static class MasksHalfOfTheNumber extends Flawed {
        MasksHalfOfTheNumber() {
            super(Flaw.MASKS_HALF_OF_THE_NUMBER);
        }
    }

    static class DeclaresNoSecret extends Flawed {
        DeclaresNoSecret() {
            super(Flaw.DECLARES_NO_SECRET);
        }
    }

    static class BelievesACodeUnderAServerError extends Flawed {
        BelievesACodeUnderAServerError() {
            super(Flaw.BELIEVES_A_CODE_UNDER_A_SERVER_ERROR);
        }
    }

    static class CallsALostAnswerRefused extends Flawed {
        CallsALostAnswerRefused() {
            super(Flaw.CALLS_A_LOST_ANSWER_REFUSED);
        }
    }

    static class RemembersARefusal extends Flawed {
        RemembersARefusal() {
            super(Flaw.REMEMBERS_A_REFUSAL);
        }
    }

    static class MixesUpThreads extends Flawed {
        MixesUpThreads() {
            super(Flaw.MIXES_UP_THREADS);
        }
    }

    static class MixesUpTheBatch extends Flawed {
        MixesUpTheBatch() {
            super(Flaw.MIXES_UP_THE_BATCH);
        }
    }

    static class SharesOneFate extends Flawed {
        SharesOneFate() {
            super(Flaw.SHARES_ONE_FATE_IN_A_BATCH);
        }
    }

    static class TakesTooMany extends Flawed {
        TakesTooMany() {
            super(Flaw.TAKES_TOO_MANY);
        }
    }

    static class SendsOneTextToAll extends Flawed {
        SendsOneTextToAll() {
            super(Flaw.SENDS_ONE_TEXT_TO_ALL);
        }
    }

    static class ThrowsOnBadJson extends Flawed {
        ThrowsOnBadJson() {
            super(Flaw.THROWS_ON_BAD_JSON);
        }
    }

    static class TakesFailureForAbsence extends Flawed {
        TakesFailureForAbsence() {
            super(Flaw.TAKES_A_FAILED_LOOKUP_FOR_ABSENCE);
        }
    }

    static class WantsTheReference extends Flawed {
        WantsTheReference() {
            super(Flaw.WANTS_THE_REFERENCE);
        }
    }

    static class CountsNoCodes extends Flawed {
        CountsNoCodes() {
            super(Flaw.COUNTS_NO_CODES);
        }
    }

    static class ChangesItsTraits extends Flawed {
        ChangesItsTraits() {
            super(Flaw.CHANGES_ITS_TRAITS);
        }
    }

    static class SaysNothingOfLongCalls extends Flawed {
        SaysNothingOfLongCalls() {
            super(Flaw.SAYS_NOTHING_OF_LONG_CALLS);
        }
    }

    static class BelievesAnySignature extends Flawed {
        BelievesAnySignature() {
            super(Flaw.BELIEVES_ANY_SIGNATURE);
        }
    }

    static class IgnoresAge extends Flawed {
        IgnoresAge() {
            super(Flaw.IGNORES_THE_AGE_OF_A_SIGNATURE);
        }
    }

    static class LogsTheNumber extends Flawed {
        LogsTheNumber() {
            super(Flaw.LOGS_THE_NUMBER);
        }
    }

    static class PrintsTheErrorBody extends Flawed {
        PrintsTheErrorBody() {
            super(Flaw.PRINTS_THE_ERROR_BODY);
        }
    }

    static class LogsCredentials extends Flawed {
        LogsCredentials() {
            super(Flaw.LOGS_CREDENTIALS_WITH_JAVA_LOGGING);
        }
    }

    static class LogsNothing extends Flawed {
        LogsNothing() {
            super(Flaw.LOGS_NOTHING);
        }
    }

    static class TakesAnybodysMessage extends Flawed {
        TakesAnybodysMessage() {
            super(Flaw.TAKES_ANYBODYS_MESSAGE);
        }
    }

    static class ReadsOnePage extends Flawed {
        ReadsOnePage() {
            super(Flaw.READS_ONE_PAGE);
        }
    }

    static class BelievesAnUnsignedForm extends Flawed {
        BelievesAnUnsignedForm() {
            super(Flaw.BELIEVES_AN_UNSIGNED_FORM);
        }
    }

    static class ChecksOneReadsAnother extends Flawed {
        ChecksOneReadsAnother() {
            super(Flaw.CHECKS_ONE_PARAMETER_AND_READS_ANOTHER);
        }
    }

    static class PassesOnTheDescription extends Flawed {
        PassesOnTheDescription() {
            super(Flaw.PASSES_ON_THE_DESCRIPTION);
        }
    }

    static class SharesItsConnections extends Flawed {
        SharesItsConnections() {
            super(Flaw.SHARES_ITS_CONNECTIONS);
        }
    }

    static class UsesNoConnectionTwice extends Flawed {
        UsesNoConnectionTwice() {
            super(Flaw.USES_NO_CONNECTION_TWICE);
        }
    }

    static class DoubtsA429 extends Flawed {
        DoubtsA429() {
            super(Flaw.DOUBTS_A_429);
        }

        @Override
        protected Ending endingOf(HandOverFault fault) {
            return fault == HandOverFault.STATUS_429 ? Ending.UNKNOWN : fault.ending();
        }
    }

    /** Its provider is sound, and its jar names no factory. */
    @ExtendWith(OnPurpose.class)
    static class ListsNoFactory extends GatewayContractTest {
        @Override
        protected SmsProviderFactory factory() {
            return new UnlistedFactory();
        }
    }

    private static final class UnlistedFactory implements SmsProviderFactory {
        private final SmsProviderFactory gateway = new GatewayFactory();

        @Override
        public String name() {
            return "unlisted";
        }

        @Override
        public List<ProviderSetting> settings() {
            return gateway.settings();
        }

        @Override
        public SmsProvider create(ProviderSettings settings) {
            return gateway.create(settings);
        }
    }

    /** Its author expects what it does, which is not what callers do. */
    @ExtendWith(OnPurpose.class)
    static class WritesBareNumbers extends GatewayContractTest {
        @Override
        protected List<GenuineWebhook> webhooks() {
            String text = "{\"id\":\"i-1\",\"from\":\"447700900321\",\"to\":\"60777\",\"text\":\"Stop that\"}";
            var inbound = new InboundText(
                    ProviderAccount.of("gateway"), "i-1", "447700900321", "60777", "Stop that", null, null);
            return List.of(genuine("inbound text", text, inbound));
        }
    }

    /** Its provider is sound; its author forgot something. */
    @ExtendWith(OnPurpose.class)
    static class HasWebhooksThatNobodyForges extends GatewayContractTest {
        @Override
        protected List<GenuineWebhook> webhooks() {
            return List.of();
        }
    }

    /** Its provider is sound; its author forgot something. */
    @ExtendWith(OnPurpose.class)
    static class SaysNothingOfLookups extends GatewayContractTest {
        @Override
        protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
            return null;
        }

        @Override
        protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
            return null;
        }

        @Override
        protected ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
            return null;
        }

        @Override
        protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
            return null;
        }
    }
}
