package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.provider.FuzzInput;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/**
 * What Twilio's side may send, however hostile. Each {@code @FuzzTest} runs its recorded inputs with the other tests; see
 * CONTRIBUTING.md for the search for new ones.
 */
class TwilioFuzzTest {
    private static final String SID = "SM00000000000000000000000000000001";
    private static final String TEXT = "Your table is ready, Ms Quimby";
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900123");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    /** Never used: answers are handed in. */
    private final ProviderHttp http = new ProviderHttp("twilio", Duration.ofSeconds(1));

    private final TwilioProvider provider = Accounts.provider(Map.of());
    private final CodeBook codes = new CodeBook("twilio", TwilioAnswers.CODES);
    private final TwilioReceipts receipts =
            new TwilioReceipts(ProviderAccount.of("twilio"), codes, new AddressRedaction());
    private final TwilioRequests requests = new TwilioRequests(new TwilioSettings(Accounts.settings(
            Map.of("account-sid", Accounts.ACCOUNT_SID, "auth-token", Accounts.AUTH_TOKEN, "from", Accounts.FROM))));

    @AfterEach
    void close() {
        provider.close();
        http.close();
    }

    @FuzzTest
    void anyAnswerToAHandOverIsClassified(byte[] data) {
        var input = FuzzInput.of(data);
        int status = input.status();

        SubmitOutcome outcome = new TwilioAnswers(codes, new AddressRedaction()).ofSubmit(answered(input));

        if (status >= 500) {
            assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
        }
        assertThat(status >= 300 && outcome instanceof SubmitOutcome.Accepted).isFalse();
    }

    @FuzzTest
    void anyAnswerToAStatusLookUpIsTheMessageOrNothing(byte[] data) {
        var input = FuzzInput.of(data);
        var attempt = new SentAttempt(SignedWebhooks.REFERENCE, List.of(SID), NUMBER, NOW);

        LookupAnswer answer = new TwilioStatus(receipts, requests, http).of(attempt, SID, answered(input));

        if (answer instanceof LookupAnswer.Found found) {
            assertThat(input.status()).isLessThan(300);
            assertThat(found.receipts()).extracting(Receipt::providerMessageId).containsExactly(SID);
        }
        if (answer instanceof LookupAnswer.Absent) {
            assertThat(input.status()).isEqualTo(404);
        }
    }

    @FuzzTest
    void anyMessageListIsSearchedAndRead(byte[] data) {
        var input = FuzzInput.of(data);
        var search = new TwilioDoubtSearch(
                receipts,
                new DoubtfulAttempt(SignedWebhooks.REFERENCE, NUMBER, null, TEXT, Segments.of(TEXT), NOW, NOW));

        TwilioList.Answer list = TwilioList.answer(answered(input));
        list.messages().forEach(search::add);
        LookupAnswer found = search.answer();
        LogAnswer log = new TwilioLog(receipts, requests, new TwilioList(http))
                .page(list, NOW.minusSeconds(60), NOW.plusSeconds(60));

        assertThat(input.status() >= 300 && list.failed() == null).isFalse();
        assertThat(list.failed() != null && log instanceof LogAnswer.Page).isFalse();
        if (log instanceof LogAnswer.Page page && page.next() != null) {
            assertThat(requests.isPage(page.next())).isTrue();
        }
        assertThat(found.toString() + log).doesNotContain(TEXT);
    }

    @FuzzTest
    void anyAnswerToANumberCheckTellsTheNumberOrNothing(byte[] data) {
        var input = FuzzInput.of(data);
        for (boolean lineType : new boolean[] {false, true}) {
            RecipientFinding finding = new TwilioNumbers(codes, requests, http, lineType).finding(answered(input));

            assertThat(input.status() >= 300 && finding.reach() != RecipientFinding.Reach.UNKNOWN)
                    .isFalse();
        }
    }

    /** The head: {@code query}, {@code json}, or a form. */
    @FuzzTest
    void anyWebhookThatIsRightlySignedIsReadOrRefused(byte[] data) {
        var input = FuzzInput.of(data);
        WebhookRequest request =
                switch (input.head()) {
                    case "query" -> SignedWebhooks.query(input.rest());
                    case "json" -> SignedWebhooks.json(input.rest());
                    default -> SignedWebhooks.form(input.rest());
                };

        WebhookVerdict verdict = provider.parse(request);

        assertThat(verdict.status()).isIn(200, 400, 403, 404, 413);
        assertThat(verdict.status() != 200 && !verdict.events().isEmpty()).isFalse();
    }

    /** The head: the signature. */
    @FuzzTest
    void aWebhookThatNobodySignedTellsNothing(byte[] data) {
        var input = FuzzInput.of(data);
        List<WebhookRequest> requests = List.of(
                SignedWebhooks.request("GET", "https://example.com/?" + input.rest(), "", "", input.head()),
                SignedWebhooks.request("GET", input.rest(), "", "", input.head()),
                SignedWebhooks.request("POST", "https://example.com/", "", input.rest(), input.head()),
                SignedWebhooks.request("POST", input.rest(), "application/json", input.rest(), input.head()));

        for (WebhookRequest request : requests) {
            WebhookVerdict verdict = provider.parse(request);
            assertThat(verdict.status()).isIn(400, 403, 413);
            assertThat(verdict.events()).isEmpty();
        }
    }

    private static ExchangeResult.Answered answered(FuzzInput input) {
        return new ExchangeResult.Answered(input.status(), Map.of(), input.rest());
    }
}
