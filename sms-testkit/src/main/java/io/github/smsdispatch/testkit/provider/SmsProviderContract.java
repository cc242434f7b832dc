package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * What every provider over HTTP owes its callers, as tests. Extend it, name the factory and its settings, and say how
 * the provider's API answers; a real server on the loopback interface gives those answers, or cuts, delays, garbles and
 * replaces them. Which tests apply shows in the interfaces that the provider implements: a hook that one of them needs
 * and that was not overridden fails the test that needs it, and says so.
 *
 * <pre>{@code
 * class AcmeContractTest extends SmsProviderContract {
 *     @Override
 *     protected SmsProviderFactory factory() {
 *         return new AcmeProviderFactory();
 *     }
 *
 *     @Override
 *     protected Map<String, String> settings(String baseUrl) {
 *         return Map.of("base-url", baseUrl, "api-key", "not-a-real-key", "from", "AcmeInc");
 *     }
 *
 *     @Override
 *     protected ApiReply accepts(ApiCall call) {
 *         return ApiReply.json(202, "{\"id\":\"acme-" + call.number() + "\"}");
 *     }
 *
 *     @Override
 *     protected String messageId(Submission submission) {
 *         return "acme-" + numberOf(submission.recipient());
 *     }
 *
 *     @Override // for StatusLookup
 *     protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
 *         return ApiReply.json(200, "{\"id\":\"" + asked.get(0).providerMessageIds().get(0) + "\",\"status\":\"done\"}");
 *     }
 * }
 * }</pre>
 *
 * <p>The test of what is logged makes a further instance of the class by its no-argument constructor, without JUnit and
 * in a class loader of its own: the hooks must not lean on set-up methods or on an outer instance.
 */
@Timeout(60)
public abstract class SmsProviderContract {
    private @Nullable ProviderFixture fixture;

    /** For extenders. */
    protected SmsProviderContract() {}

    /** The factory under test, made by its public constructor. */
    protected abstract SmsProviderFactory factory();

    /**
     * Settings with which it makes a provider that sends to the test's server, all others left at their fall-backs.
     *
     * @param baseUrl where the API is, without trailing slash
     */
    protected abstract Map<String, String> settings(String baseUrl);

    /** How the API says yes to a hand-over, to all of {@link ApiCall#numbers()} and to no others. */
    protected abstract ApiReply accepts(ApiCall call);

    /** The message id that {@link #accepts} gives for a submission; another one for each number. */
    protected abstract String messageId(Submission submission);

    /**
     * The setting for the deadline of one call; {@code timeout} in ISO 8601 unless said otherwise.
     *
     * @param deadline from 250 ms; one that is set in whole seconds is rounded up
     */
    protected Map<String, String> deadline(Duration deadline) {
        return Map.of("timeout", deadline.toString());
    }

    /**
     * A submission that the provider can carry.
     *
     * @param number 0 to 999, the last digits of the recipient's number
     * @param text some words in GSM-7
     */
    protected Submission submission(int number, String text) {
        return TestSubmissions.of(number, text, null, Duration.ofHours(1));
    }

    /**
     * The ending that a fault must have; override where the provider documents another. What is not documented as not
     * processed is {@link Ending#UNKNOWN}. Most of the bare 4xx are, by the definition of their class (RFC 9110 section
     * 15.5).
     */
    protected Ending endingOf(HandOverFault fault) {
        return fault.ending();
    }

    /**
     * How the API says no to some recipients of a hand-over, in a way that proves that they are not taken, and yes to
     * the others. Null, the default: not told; a provider whose batches have more than one message needs it.
     *
     * @param refused which of {@link ApiCall#numbers()}; at least one
     */
    protected @Nullable ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return null;
    }

    /**
     * For {@link UnknownCodes}: how the API refuses a hand-over with a code that it has only just invented. Such a code
     * proves nothing; what is documented around it may: the class of the HTTP status, or a group of codes. So it may end
     * as a refusal under a 4xx, and is in doubt under a 5xx.
     */
    protected @Nullable ApiReply refusesWith(ApiCall call, String code) {
        return null;
    }

    /**
     * For {@link StatusLookup}: how the API answers when it knows the messages.
     *
     * @param asked those whose id, reference or number is in the request; all, if none is
     */
    protected @Nullable ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return null;
    }

    /** For {@link StatusLookup}: how the API answers when it knows none of the messages; null: it never says that. */
    protected @Nullable ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return null;
    }

    /**
     * For {@link DoubtLookup}: how the API answers when this hand-over is all that is in its log, under the id that
     * {@link #messageId} gives.
     */
    protected @Nullable ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
        return null;
    }

    /**
     * For {@link DoubtLookup}: how the API answers when all that is in its log is another hand-over to the same
     * recipient; null: it only ever answers about the one that it is asked about.
     *
     * @param attempt the one that is asked about
     * @param other of another reference and, where the log carries no reference, another text
     */
    protected @Nullable ApiReply findsAnother(ApiCall call, DoubtfulAttempt attempt, DoubtfulAttempt other) {
        return finds(call, other);
    }

    /**
     * For {@link DoubtLookup}: how the API answers when its log has two pages. A request for the first gets one without
     * the hand-over that leads to the second, a request for the second gets what is given, and any other request finds
     * nothing. Null, the default: its answers have no pages.
     *
     * @param second the answer to give to a request for the second page
     */
    protected @Nullable ApiReply findsOnTwoPages(ApiCall call, DoubtfulAttempt attempt, ApiReply second) {
        return null;
    }

    /** For {@link DoubtLookup}: how the API answers when the hand-over is not in its log. */
    protected @Nullable ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return null;
    }

    /** For {@link RecipientCheck}: how the API says that {@link ApiCall#numbers()} can get texts. */
    protected @Nullable ApiReply checks(ApiCall call) {
        return null;
    }

    /** For {@link MessageLog}: the only page of the log, with at least one message on it. */
    protected @Nullable ApiReply onlyLogPage(ApiCall call) {
        return null;
    }

    /** For {@link WebhookParser}: what the provider sends us, rightly signed; one of each kind. Made anew for each test. */
    protected List<GenuineWebhook> webhooks() {
        return List.of();
    }

    /**
     * Keys of settings that sound like secrets and are none: an API key, say, that is a mere user name beside its secret.
     * Whatever else is called a key, token, secret or password must be declared secret.
     */
    protected Set<String> publicSettings() {
        return Set.of();
    }

    /** What must not show in a log beside the settings that are marked secret, the numbers and the texts. */
    protected List<String> furtherSecrets() {
        return List.of();
    }

    /**
     * Whether the module logs its exchanges through SLF4J, at whatever level. Where it should, a log without a line is
     * no proof that nothing shows, and fails the test.
     */
    protected boolean logsItsExchanges() {
        return true;
    }

    /** The last three digits of one of the test's recipients, as a number. */
    protected static int numberOf(PhoneNumber recipient) {
        String digits = recipient.digits();
        return Integer.parseInt(digits.substring(digits.length() - 3));
    }

    @BeforeEach
    final void startServer() {
        fixture = new ProviderFixture(this);
    }

    @AfterEach
    final void stopServer() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private ProviderFixture running() {
        if (fixture == null) {
            throw new IllegalStateException("no test is running");
        }
        return fixture;
    }

    @Nested
    @DisplayName("factory and settings")
    class Settings extends FactoryRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("a hand-over under faults")
    class Faults extends FaultRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("hostile answers")
    class Hostility extends HostileRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("many callers and calls")
    class Sharing extends SharingRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("batches")
    class Batches extends BatchRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("traits and capabilities")
    class Capabilities extends CapabilityRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("look-ups")
    class Lookups extends LookupRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("webhooks")
    class Webhooks extends WebhookRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }

    @Nested
    @DisplayName("logs")
    class Logs extends LogRules {
        @Override
        ProviderFixture fixture() {
            return running();
        }
    }
}
