package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.provider.FuzzInput;
import io.github.smsdispatch.text.Segments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What Infobip may send, and what others may send in its name, however hostile. Each {@code @FuzzTest} runs its recorded
 * inputs with the other tests; see CONTRIBUTING.md for the search for new ones.
 */
class InfobipFuzzTest {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("infobip");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String JSON = "application/json";

    private static final InfobipSettings SETTINGS = new InfobipSettings(Accounts.settings(Map.of(
            "base-url",
            "https://abc123.api.example.com",
            "api-key",
            Accounts.API_KEY,
            "from",
            "AcmeInc",
            "webhook-secret",
            Accounts.SECRET)));

    /** The head is the HTTP status. */
    @FuzzTest
    void anyAnswerToAHandOverIsClassified(byte[] data) {
        assertClassified(data, 1);
    }

    /** The same for a request with several messages. */
    @FuzzTest
    void anyAnswerToABatchIsClassified(byte[] data) {
        assertClassified(data, 3);
    }

    private static void assertClassified(byte[] data, int size) {
        int status = FuzzInput.of(data).status();
        List<AttemptId> request = references(size);

        List<SubmitOutcome> outcomes = new InfobipAnswers(new InfobipCodes(ACCOUNT)).ofSubmit(request, answered(data));

        assertThat(outcomes).hasSize(size).doesNotContainNull();
        for (int place = 0; place < size; place++) {
            if (outcomes.get(place) instanceof SubmitOutcome.Accepted accepted) {
                assertThat(status).isLessThan(300);
                assertThat(accepted.providerMessageIds())
                        .containsExactly(request.get(place).toString());
                assertThat(accepted.segments()).isNotNegative();
            }
            if (status >= 500 || status / 100 == 3) {
                assertThat(outcomes.get(place)).isInstanceOf(SubmitOutcome.Unknown.class);
            }
            assertCode(outcomes.get(place)
                    .fold(accepted -> null, SubmitOutcome.Refused::code, SubmitOutcome.Unknown::code));
        }
    }

    /** Anything else may be a number or a text. */
    private static void assertCode(@Nullable String code) {
        assertThat(CodeBook.showable(code)).isEqualTo(code);
    }

    /** The head is the HTTP status of what the log answers. */
    @FuzzTest
    void anyAnswerToALookUpIsRead(byte[] data) {
        List<SentAttempt> attempts = references(3).stream()
                .map(reference -> new SentAttempt(reference, List.of(reference.toString()), number(0), NOW))
                .toList();

        List<LookupAnswer> answers = lookups(data).lookUp(attempts);

        assertThat(answers).hasSize(3).doesNotContainNull();
        for (int place = 0; place < 3; place++) {
            assertAbout(attempts.get(place).reference(), answers.get(place), data);
        }
    }

    /** The same for a hand-over in doubt. */
    @FuzzTest
    void anyAnswerToADoubtIsRead(byte[] data) {
        AttemptId reference = references(1).get(0);

        LookupAnswer answer = lookups(data)
                .find(new DoubtfulAttempt(reference, number(0), null, "Hello", Segments.of("Hello"), NOW, NOW));

        assertAbout(reference, answer, data);
    }

    private static void assertAbout(AttemptId asked, LookupAnswer answer, byte[] data) {
        var input = FuzzInput.of(data);
        if (answer instanceof LookupAnswer.Found found) {
            found.receipts().forEach(receipt -> assertCode(receipt.errorCode()));
            assertThat(found.receipts()).isNotEmpty().allSatisfy(receipt -> assertThat(receipt.reference())
                    .isEqualTo(asked));
        }
        if (input.status() >= 300 || !input.rest().contains("[")) {
            assertThat(answer).isInstanceOf(LookupAnswer.Failed.class);
        }
    }

    /** The same for a page of the log; the cursor that was given before is {@code same}. */
    @FuzzTest
    void anyPageOfTheLogIsRead(byte[] data) {
        LogAnswer answer = lookups(data).readLog(NOW.minusSeconds(3_600), NOW, "same");

        if (FuzzInput.of(data).status() >= 300) {
            assertThat(answer).isInstanceOf(LogAnswer.Failed.class);
        }
        if (answer instanceof LogAnswer.Page page) {
            assertThat(page.next()).isNotEqualTo("same");
        }
    }

    /** The head is the HTTP status of what the number look-up answers. */
    @FuzzTest
    void anyAnswerAboutNumbersIsRead(byte[] data) {
        var numbers =
                new InfobipNumbers(request -> answered(data), new InfobipRequests(SETTINGS), new InfobipCodes(ACCOUNT));

        List<RecipientFinding> findings = numbers.check(List.of(number(0), number(1)));

        assertThat(findings).hasSize(2).doesNotContainNull();
        findings.forEach(finding -> assertCode(finding.code()));
        if (FuzzInput.of(data).status() >= 300) {
            assertThat(findings).extracting(RecipientFinding::reach).containsOnly(Reach.UNKNOWN);
        }
    }

    /** The whole input is the body. */
    @FuzzTest
    void anyWebhookHasAVerdict(byte[] body) {
        WebhookVerdict believed = parse(Accounts.CALLBACK + "?token=" + Accounts.SECRET, JSON, body);
        WebhookVerdict forged = parse(Accounts.CALLBACK + "?token=not-the-secret", JSON, body);

        assertThat(believed.status()).isIn(200, 400, 403, 413);
        assertThat(believed.status() == 200 || believed.events().isEmpty()).isTrue();
        assertThat(believed.receipts())
                .allSatisfy(receipt ->
                        assertThat(receipt.providerMessageId()).isNotBlank().hasSizeLessThanOrEqualTo(200));
        assertThat(forged.status()).isIn(403, 413);
        assertThat(forged.events()).isEmpty();
    }

    /** The head is the URL, and the rest the content type. */
    @FuzzTest
    void onlyWhoKnowsTheSecretIsBelieved(byte[] data) {
        var input = FuzzInput.of(data);

        WebhookVerdict verdict = parse(input.head(), input.rest(), "{\"results\":[]}".getBytes(StandardCharsets.UTF_8));

        assertThat(verdict.status()).isIn(200, 400, 403);
        assertThat(verdict.status() == 200 && !input.head().contains(Accounts.SECRET))
                .isFalse();
    }

    private static ExchangeResult answered(byte[] data) {
        var input = FuzzInput.of(data);
        return new ExchangeResult.Answered(input.status(), Map.of(), input.rest());
    }

    private static InfobipLookups lookups(byte[] data) {
        return new InfobipLookups(
                new InfobipRequests(SETTINGS),
                new InfobipLog(request -> answered(data)),
                new InfobipReceipts(ACCOUNT, new InfobipCodes(ACCOUNT)),
                InstantSource.fixed(NOW));
    }

    private static WebhookVerdict parse(String url, String contentType, byte[] body) {
        var webhooks = new InfobipWebhooks(
                ACCOUNT,
                Objects.requireNonNull(SETTINGS.webhookSecret),
                new InfobipReceipts(ACCOUNT, new InfobipCodes(ACCOUNT)));
        return webhooks.parse(new WebhookRequest("POST", url, Map.of("Content-Type", List.of(contentType)), body));
    }

    private static List<AttemptId> references(int size) {
        return IntStream.range(0, size)
                .mapToObj(place -> AttemptId.parse(Batches.id(place)))
                .toList();
    }

    private static PhoneNumber number(int place) {
        return PhoneNumber.parse("+447700900%03d".formatted(100 + place));
    }
}
