package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.provider.FuzzInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/**
 * What Vonage's side may send, however hostile. Each {@code @FuzzTest} runs its recorded inputs with the other tests; see
 * CONTRIBUTING.md for the search for new ones.
 */
class VonageFuzzTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_600_000_000);
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("vonage");

    private final VonageProvider provider = Accounts.provider(
            Map.of("signature-secret", GenuineWebhooks.SECRET, "signature-method", "sha256"), InstantSource.fixed(NOW));

    private final ProviderHttp http = new ProviderHttp("vonage", Duration.ofSeconds(1));

    @AfterEach
    void close() {
        provider.close();
        http.close();
    }

    @FuzzTest
    void anyAnswerOfTheSmsApiIsClassified(byte[] data) {
        var input = FuzzInput.of(data);

        assertHonest(input, new SmsAnswers(new Codes(ACCOUNT).of(Api.SMS)).ofSubmit(answered(input)));
    }

    @FuzzTest
    void anyAnswerOfTheMessagesApiIsClassified(byte[] data) {
        var input = FuzzInput.of(data);

        assertHonest(input, new MessagesAnswers(new Codes(ACCOUNT).of(Api.MESSAGES)).ofSubmit(answered(input)));
    }

    @FuzzTest
    void anyReportIsReadOrFails(byte[] data) {
        var input = FuzzInput.of(data);
        for (Api api : Api.values()) {
            var reports = new VonageReports(
                    new VonageSettings(Accounts.settings(
                            Map.of("api-key", Accounts.API_KEY, "api-secret", Accounts.API_SECRET, "from", "AcmeInc"))),
                    api,
                    new ReceiptWords(ACCOUNT, api, new Codes(ACCOUNT)),
                    http);

            VonageReports.Page page = reports.page(answered(input), new VonageReports.Place("here", ""));

            assertThat(page.receipts()).allMatch(receipt -> receipt.account().equals(ACCOUNT));
            assertThat(page.next()).isNotEqualTo(new VonageReports.Place("here", ""));
            assertThat(input.status() >= 300 && page.failure() == null).isFalse();
            assertThat(page.failure() != null && page.next() != null).isFalse();
        }
    }

    @FuzzTest
    void anyInsightTellsTheNumberOrNothing(byte[] data) {
        var input = FuzzInput.of(data);

        RecipientFinding finding = IdentityInsights.finding(answered(input));

        if (input.status() >= 300) {
            assertThat(finding.reach()).isEqualTo(RecipientFinding.Reach.UNKNOWN);
        }
    }

    /** The head: {@code token}, {@code form}, {@code json} or {@code query}. */
    @FuzzTest
    void anyWebhookThatIsRightlySignedIsReadOrRefused(byte[] data) {
        var input = FuzzInput.of(data);
        byte[] body = input.rest().getBytes(StandardCharsets.UTF_8);
        WebhookRequest request =
                switch (input.head()) {
                    case "form" -> GenuineWebhooks.inForm(GenuineWebhooks.decoded(body), NOW);
                    case "json" -> GenuineWebhooks.inJson(GenuineWebhooks.decoded(body), NOW);
                    case "query" -> GenuineWebhooks.inQuery(GenuineWebhooks.decoded(body), NOW);
                    default -> GenuineWebhooks.withToken(body, NOW);
                };

        WebhookVerdict verdict = provider.parse(request);

        assertThat(verdict.status()).isIn(200, 400, 403, 413);
        assertThat(verdict.status() != 200 && !verdict.events().isEmpty()).isFalse();
        assertThat(verdict.events()).allMatch(event -> accountOf(event).equals(ACCOUNT));
    }

    /** The head: the content type of a form or an object, anything else for a query. */
    @FuzzTest
    void aWebhookThatNobodySignedTellsNothing(byte[] data) {
        var input = FuzzInput.of(data);
        WebhookRequest request = input.head().indexOf('/') >= 0
                ? GenuineWebhooks.posted(input.rest(), input.head())
                : GenuineWebhooks.query(input.rest());

        WebhookVerdict verdict = provider.parse(request);

        assertThat(verdict.status()).isIn(400, 403, 413);
        assertThat(verdict.events()).isEmpty();
    }

    /** The head: the token. */
    @FuzzTest
    void aTokenThatNobodySignedIsRefused(byte[] data) {
        var input = FuzzInput.of(data);
        var request = new WebhookRequest(
                "POST",
                "https://example.com/",
                Map.of("Content-Type", List.of("application/json"), "Authorization", List.of("Bearer " + input.head())),
                input.rest().getBytes(StandardCharsets.UTF_8));

        assertThat(provider.parse(request).status()).isIn(403, 413);
    }

    private static void assertHonest(FuzzInput input, SubmitOutcome outcome) {
        if (input.status() >= 500) {
            assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
        }
        assertThat(input.status() >= 300 && outcome instanceof SubmitOutcome.Accepted)
                .isFalse();
        if (outcome instanceof SubmitOutcome.Accepted accepted) {
            assertThat(accepted.providerMessageIds()).isNotEmpty();
        }
    }

    private static ProviderAccount accountOf(WebhookEvent event) {
        return event.fold(Receipt::account, text -> text.account(), consent -> consent.account());
    }

    private static ExchangeResult.Answered answered(FuzzInput input) {
        return new ExchangeResult.Answered(input.status(), Map.of(), input.rest());
    }
}
