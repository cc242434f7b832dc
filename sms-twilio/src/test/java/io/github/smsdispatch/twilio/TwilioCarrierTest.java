package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.MovableClock;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The module against a carrier that plays Twilio, from end to end. */
class TwilioCarrierTest {
    private static final TwilioCredentials ACCOUNT = TwilioCredentials.fake();
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final ProviderAccount TWILIO = ProviderAccount.of("twilio");

    private final MovableClock clock = MovableClock.startingAt(START);
    private final AnsweringServer ourWebhook = new AnsweringServer();
    private final CarrierSimulator carrier = CarrierSimulator.builder()
            .twilio(ACCOUNT)
            .clock(clock)
            .faults(FaultScript.of("delivery=3s"))
            .inboundUrl(URI.create(ourWebhook.url() + "/in"))
            .start();

    @AfterEach
    void stop() {
        carrier.close();
        ourWebhook.close();
    }

    @Test
    void anApiKeySendsLooksUpAndChecksNumbers() {
        String key = String.valueOf(ACCOUNT.apiKeySid());
        String secret = String.valueOf(ACCOUNT.apiKeySecret());

        try (TwilioProvider provider = provider(Map.of("api-key-sid", key, "api-key-secret", secret))) {
            String sid = accepted(provider, TestSubmissions.of("Hello"));

            assertThat(receipt(provider, sid).status()).isEqualTo("queued");
            assertThat(reach(provider, "+447700900123")).isEqualTo(Reach.POSSIBLE);
        }
    }

    @Test
    void theStatusCallbackBringsOurReferenceBack() throws Exception {
        Submission submission = TestSubmissions.of("Hello");
        ourWebhook.answers(200, "").answers(200, "");

        try (TwilioProvider provider = provider(Map.of("callback-url", ourWebhook.url() + "/status?tenant=7"))) {
            String sid = accepted(provider, submission);
            clock.advance(Duration.ofSeconds(3));
            assertThat(carrier.awaitReceipts(Duration.ofSeconds(10))).isTrue();

            List<Receipt> receipts = new ArrayList<>(provider.parse(received()).receipts());
            receipts.addAll(provider.parse(received()).receipts());
            assertThat(receipts)
                    .containsExactlyInAnyOrder(
                            new Receipt(TWILIO, sid, submission.reference(), ReceiptState.ENROUTE, "sent", null, null),
                            new Receipt(
                                    TWILIO,
                                    sid,
                                    submission.reference(),
                                    ReceiptState.DELIVERED,
                                    "delivered",
                                    null,
                                    null));
        }
    }

    @Test
    void aValidityThatEndsInTheQueueIsNoFaultOfTheNumber() {
        try (TwilioProvider provider = provider(Map.of())) {
            String sid = accepted(provider, TestSubmissions.of("Hello", Duration.ofSeconds(2)));
            clock.advance(Duration.ofSeconds(2));

            Receipt receipt = receipt(provider, sid);
            assertThat(receipt.state()).isEqualTo(ReceiptState.UNDELIVERED);
            assertThat(receipt.errorCode()).isEqualTo("30036");
            assertThat(receipt.reason()).isEqualTo(FailureReason.UNAVAILABLE);
        }
    }

    @Test
    void theLogIsReadPageByPageEachMessageOnceAndOnlyThoseOfTheTime() {
        try (TwilioProvider provider = provider(Map.of())) {
            accepted(provider, TestSubmissions.of("before"));
            clock.advance(Duration.ofHours(1));
            List<String> sids = new ArrayList<>();
            for (int i = 0; i < 203; i++) {
                sids.add(accepted(provider, TestSubmissions.of("text " + i)));
            }
            clock.advance(Duration.ofHours(1));
            accepted(provider, TestSubmissions.of("after"));
            clock.advance(Duration.ofHours(1));

            List<String> read = new ArrayList<>();
            List<Integer> pages = new ArrayList<>();
            @Nullable String cursor = null;
            do {
                LogAnswer.Page page = (LogAnswer.Page)
                        provider.readLog(START.plus(Duration.ofHours(1)), START.plus(Duration.ofHours(2)), cursor);
                page.receipts().forEach(receipt -> read.add(receipt.providerMessageId()));
                pages.add(page.receipts().size());
                cursor = page.next();
            } while (cursor != null);

            Collections.reverse(sids);
            assertThat(read).isEqualTo(sids);
            assertThat(pages).containsExactly(199, 4); // "after" came with the first page and is left out
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+447700900123, POSSIBLE, MOBILE",
        "+15005550001, IMPOSSIBLE, UNKNOWN",
        "+15005550002, UNKNOWN, UNKNOWN",
        "+15005550009, IMPOSSIBLE, LANDLINE",
        "+15005550010, POSSIBLE, VOIP",
        "+15005550011, UNKNOWN, OTHER",
        "+15005550012, UNKNOWN, UNKNOWN"
    })
    void aNumberCheckSaysWhetherATextCanGetThere(String number, Reach reach, Line line) {
        try (TwilioProvider provider = provider(Map.of("lookup-fields", "line-type"))) {
            var finding = provider.check(List.of(PhoneNumber.parse(number))).get(0);

            assertThat(finding.reach()).isEqualTo(reach);
            assertThat(finding.line()).isEqualTo(line);
        }
    }

    @Test
    void aTextFromAPhoneArrives() throws Exception {
        ourWebhook.answers(200, "");
        try (TwilioProvider provider = provider(Map.of())) {
            assertThat(carrier.sendText("twilio", "+447700900123", Accounts.FROM, "Grüße & 👋"))
                    .isTrue();

            WebhookVerdict verdict = provider.parse(received());
            assertThat(verdict.status()).isEqualTo(200);
            assertThat(verdict.contentType()).startsWith("text/xml");
            assertThat(verdict.events()).hasSize(1);
            InboundText text = (InboundText) verdict.events().get(0);
            assertThat(text.from()).isEqualTo("+447700900123");
            assertThat(text.to()).isEqualTo(Accounts.FROM);
            assertThat(text.text()).isEqualTo("Grüße & 👋");
        }
    }

    @Test
    void stopAndStartChangeConsentAndWhatTwilioTakes() throws Exception {
        ourWebhook.answers(200, "").answers(200, "");
        try (TwilioProvider provider = provider(Map.of())) {
            carrier.sendText("twilio", "+447700900123", Accounts.FROM, "Stop");
            assertThat(consent(provider)).isEqualTo(ConsentChange.Consent.WITHDRAWN);
            assertThat(provider.submit(List.of(TestSubmissions.of("Hello"))))
                    .containsExactly(SubmitOutcome.Refused.because(
                            FailureReason.OPTED_OUT, "21610", "recipient opted out of this sender"));

            carrier.sendText("twilio", "+447700900123", Accounts.FROM, "START");
            assertThat(consent(provider)).isEqualTo(ConsentChange.Consent.GIVEN);
            accepted(provider, TestSubmissions.of("Hello"));
        }
    }

    private TwilioProvider provider(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "account-sid", ACCOUNT.accountSid(),
                "auth-token", ACCOUNT.authToken(),
                "base-url", carrier.baseUrl().toString(),
                "lookup-base-url", carrier.baseUrl().toString()));
        settings.putAll(more);
        return Accounts.provider(settings);
    }

    private static String accepted(TwilioProvider provider, Submission submission) {
        SubmitOutcome outcome = provider.submit(List.of(submission)).get(0);
        assertThat(outcome).isInstanceOf(SubmitOutcome.Accepted.class);
        return ((SubmitOutcome.Accepted) outcome).providerMessageIds().get(0);
    }

    private static Receipt receipt(TwilioProvider provider, String sid) {
        Submission submission = TestSubmissions.of("Hello");
        LookupAnswer answer = provider.lookUp(
                        List.of(new SentAttempt(submission.reference(), List.of(sid), submission.recipient(), START)))
                .get(0);
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        return ((LookupAnswer.Found) answer).receipts().get(0);
    }

    private static Reach reach(TwilioProvider provider, String number) {
        return provider.check(List.of(PhoneNumber.parse(number))).get(0).reach();
    }

    private ConsentChange.Consent consent(TwilioProvider provider) {
        WebhookVerdict verdict = provider.parse(received());
        assertThat(verdict.events()).hasSize(2);
        return ((ConsentChange) verdict.events().get(1)).consent();
    }

    /** What came in at our webhook, as an HTTP server hands it over. */
    private WebhookRequest received() {
        TakenRequest request = ourWebhook.taken();
        return new WebhookRequest(
                request.method(),
                ourWebhook.url() + request.target(),
                request.headers(),
                request.body().getBytes(StandardCharsets.UTF_8));
    }
}
