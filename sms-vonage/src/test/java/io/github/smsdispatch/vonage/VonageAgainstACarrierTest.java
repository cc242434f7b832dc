package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.VonageApplication;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both APIs from end to end, against a carrier that speaks them. */
class VonageAgainstACarrierTest {
    private static final String LONG_TEXT = "A text that is too long for one part. ".repeat(5);

    private static final VonageCredentials CREDENTIALS = VonageCredentials.fake();
    private static final VonageApplication APPLICATION = VonageApplication.fake();
    private final AnsweringServer inbox = new AnsweringServer();
    private @Nullable CarrierSimulator carrier;
    private @Nullable VonageProvider provider;

    @AfterEach
    void stop() {
        if (provider != null) {
            provider.close();
        }
        if (carrier != null) {
            carrier.close();
        }
        inbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void aTextIsSentReportedAndFoundAgain(Api api) throws Exception {
        start(api, "delivery=0s");
        inboxTakes(4);
        Submission submission = TestSubmissions.of(LONG_TEXT);

        SubmitOutcome outcome = submit(submission);

        int ids = api == Api.SMS ? 2 : 1;
        assertThat(outcome).isInstanceOf(SubmitOutcome.Accepted.class);
        List<String> taken = ((SubmitOutcome.Accepted) outcome).providerMessageIds();
        assertThat(taken).hasSize(ids);
        // On its way, then delivered: a receipt each, for each id.
        var receipts = new ArrayList<Receipt>();
        for (int i = 0; i < 2 * ids; i++) {
            receipts.addAll(provider().parse(webhook()).receipts());
        }
        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(receipt.reference()).isEqualTo(submission.reference()));
        assertThat(receipts)
                .filteredOn(receipt -> receipt.state() == ReceiptState.DELIVERED)
                .extracting(Receipt::providerMessageId)
                .containsExactlyInAnyOrderElementsOf(taken);

        assertThat(states(provider()
                        .lookUp(List.of(
                                new SentAttempt(submission.reference(), taken, submission.recipient(), Instant.now())))
                        .get(0)))
                .hasSize(ids)
                .containsOnly(ReceiptState.DELIVERED);
        assertThat(states(provider().find(doubtful(submission)))).hasSize(ids);
        assertThat(provider().find(doubtful(TestSubmissions.of("never sent")))).isEqualTo(new LookupAnswer.Absent());
        assertThat(log()).containsExactlyInAnyOrderElementsOf(taken);
        assertThat(provider().unknownCodes()).isEmpty();
    }

    @Test
    void aTextOfWhichOnePartIsRefusedIsInDoubt() {
        start(Api.SMS, "delivery=0s");
        carrier().nextSubmissions(1, SubmissionFault.PART_REFUSED);

        assertThat(submit(TestSubmissions.of(LONG_TEXT)))
                .isInstanceOfSatisfying(SubmitOutcome.Unknown.class, unknown -> {
                    assertThat(unknown.code()).isEqualTo("5");
                    assertThat(unknown.detail()).startsWith("taken in part: 1 of 2 parts");
                });
        assertThat(carrier().ledger().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoSaidStopIsSuppressed(Api api) {
        start(api, "delivery=0s");
        carrier().optOut("+447700900123");

        assertThat(submit(TestSubmissions.of("Hello")))
                .isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(FailureReason.OPTED_OUT));
    }

    @ParameterizedTest
    @EnumSource
    void aThrottledTextWasNotTakenAndSaysWhenToComeBack(Api api) {
        start(api, "delivery=0s");
        carrier().nextSubmissions(1, SubmissionFault.THROTTLE);

        assertThat(submit(TestSubmissions.of("Hello"))).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(FailureReason.THROTTLED);
            assertThat(refused.retryAfter()).isPositive();
        });
        assertThat(carrier().ledger().entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatIsNotDeliveredSaysWhy(Api api) throws Exception {
        start(api, "delivery=0s,undelivered=100%");
        inboxTakes(2);

        submit(TestSubmissions.of("Hello"));

        provider().parse(webhook());
        Receipt last = provider().parse(webhook()).receipts().get(0);
        assertThat(last.state()).isEqualTo(ReceiptState.UNDELIVERED);
        assertThat(last.reason()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = "SMS")
    void aPageOfTheLogLeadsToTheNext(Api api) {
        start(api, "delivery=0s");
        for (int i = 0; i < 3; i++) {
            submit(TestSubmissions.of(LONG_TEXT));
        }

        assertThat(log()).hasSize(6).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aTextFromAPhoneComesWholeOrInPieces(Api api) throws Exception {
        start(api, "delivery=0s");
        inboxTakes(2);

        assertThat(carrier().sendText("vonage", "+447700900123", "+447700900999", LONG_TEXT))
                .isTrue();

        int pieces = api == Api.SMS ? 2 : 1;
        var text = new StringBuilder();
        for (int i = 1; i <= pieces; i++) {
            WebhookEvent event = provider().parse(webhook()).events().get(0);
            assertThat(event).isInstanceOf(InboundText.class);
            InboundText piece = (InboundText) event;
            assertThat(piece.from()).isEqualTo("+447700900123");
            assertThat(piece.to()).isEqualTo("+447700900999");
            InboundText.@Nullable Part part = piece.part();
            if (pieces == 1) {
                assertThat(part).isNull();
            } else {
                assertThat(part)
                        .isNotNull()
                        .extracting(InboundText.Part::number, InboundText.Part::total)
                        .containsExactly(i, pieces);
            }
            text.append(piece.text());
        }
        assertThat(text).hasToString(LONG_TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void anotherAccountBelievesNothingOfIt(Api api) throws Exception {
        start(api, "delivery=0s");
        inboxTakes(2);
        submit(TestSubmissions.of("Hello"));
        WebhookRequest genuine = webhook();

        try (VonageProvider other = Accounts.provider(
                Map.of("api-key", CREDENTIALS.apiKey(), "signature-secret", "another", "signature-method", "sha256"))) {
            assertThat(other.parse(genuine))
                    .extracting(
                            WebhookVerdict::status, verdict -> verdict.events().size())
                    .containsExactly(403, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersAreCheckedWithTheApplication(Api api) {
        start(api, "delivery=0s");
        RecipientCheck check = (RecipientCheck) provider();

        assertThat(check.check(List.of(PhoneNumber.parse("+447700900123")))
                        .get(0)
                        .reach())
                .isEqualTo(Reach.POSSIBLE);
        assertThat(check.check(List.of(PhoneNumber.parse("+442079460123")))
                        .get(0)
                        .reach())
                .isEqualTo(Reach.IMPOSSIBLE);
    }

    private void start(Api api, String faults) {
        carrier = CarrierSimulator.builder()
                .vonage(CREDENTIALS)
                .vonageApplication(new VonageApplication(APPLICATION.id(), APPLICATION.keys(), api == Api.MESSAGES))
                .vonageReportPage(4)
                .inboundUrl(URI.create(inbox.url() + "/in"))
                .faults(FaultScript.of(faults))
                .start();
        String url = carrier().baseUrl().toString();
        provider = Accounts.provider(
                new HashMap<>(Map.ofEntries(
                        Map.entry("api", api.name().toLowerCase(Locale.ROOT)),
                        Map.entry("api-key", CREDENTIALS.apiKey()),
                        Map.entry("api-secret", CREDENTIALS.apiSecret()),
                        Map.entry("application-id", APPLICATION.id()),
                        Map.entry("private-key", APPLICATION.privateKeyPem()),
                        Map.entry("signature-secret", String.valueOf(CREDENTIALS.signatureSecret())),
                        Map.entry("signature-method", "sha256"),
                        Map.entry("callback-url", inbox.url() + "/receipts"),
                        Map.entry("base-url", url),
                        Map.entry("messages-base-url", url),
                        Map.entry("api-base-url", url),
                        Map.entry("insights-base-url", url))),
                InstantSource.system());
    }

    private CarrierSimulator carrier() {
        if (carrier == null) {
            throw new IllegalStateException("start first");
        }
        return carrier;
    }

    private VonageProvider provider() {
        if (provider == null) {
            throw new IllegalStateException("start first");
        }
        return provider;
    }

    private SubmitOutcome submit(Submission submission) {
        return provider().submit(List.of(submission)).get(0);
    }

    private void inboxTakes(int requests) {
        for (int i = 0; i < requests; i++) {
            inbox.answers(200, "");
        }
    }

    /** The next request that the carrier makes to us. */
    private WebhookRequest webhook() {
        TakenRequest request = inbox.taken();
        return new WebhookRequest(
                request.method(),
                inbox.url() + request.target(),
                request.headers(),
                request.body().getBytes(StandardCharsets.UTF_8));
    }

    private List<String> log() {
        var ids = new ArrayList<String>();
        Instant now = Instant.now();
        @Nullable String cursor = null;
        do {
            LogAnswer answer = provider().readLog(now.minus(Duration.ofHours(30)), now.plusSeconds(60), cursor);
            assertThat(answer).isInstanceOf(LogAnswer.Page.class);
            LogAnswer.Page page = (LogAnswer.Page) answer;
            page.receipts().forEach(receipt -> ids.add(receipt.providerMessageId()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private static DoubtfulAttempt doubtful(Submission submission) {
        AttemptId reference = submission.reference();
        return new DoubtfulAttempt(
                reference,
                submission.recipient(),
                null,
                submission.text(),
                submission.segments(),
                Instant.now().minusSeconds(5),
                Instant.now());
    }

    private static List<ReceiptState> states(LookupAnswer answer) {
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        return ((LookupAnswer.Found) answer)
                .receipts().stream().map(Receipt::state).toList();
    }
}
