package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.provider.FuzzInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Africa's Talking may send, and what others may send in its name, however hostile. Each {@code @FuzzTest} runs its
 * recorded inputs with the other tests; see CONTRIBUTING.md for the search for new ones.
 */
class AfricasTalkingFuzzTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String HOOK = "https://example.com/sms/";

    private static final AfricasTalkingProvider PROVIDER =
            Accounts.provider(Map.of("webhook-secret", Accounts.WEBHOOK_SECRET));

    /** The head is the HTTP status. */
    @FuzzTest
    void anyAnswerToAHandOverIsClassified(byte[] data) {
        assertClassified(data, true);
    }

    /** The same for a request with several recipients. */
    @FuzzTest
    void anyAnswerToABatchIsClassified(byte[] data) {
        assertClassified(data, false);
    }

    private static void assertClassified(byte[] data, boolean isForOne) {
        var input = FuzzInput.of(data);
        int status = input.status();
        var answers = new AfricasTalkingAnswers(new AfricasTalkingCodes("test"));

        BulkAnswer answer = answers.read(new ExchangeResult.Answered(status, Map.of(), input.rest()), isForOne);

        assertThat(answer.stop()).isNotNull();
        for (int last = 1; last <= 3; last++) {
            SubmitOutcome outcome = answer.of(Accounts.number(last).substring(1));
            assertThat(status >= 300 && outcome instanceof SubmitOutcome.Accepted)
                    .isFalse();
            if (status >= 500 || status / 100 == 3) {
                assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
            }
            if (outcome instanceof SubmitOutcome.Accepted accepted) {
                assertThat(accepted.providerMessageIds()).singleElement().satisfies(id -> assertThat(id)
                        .isNotBlank());
                assertThat(accepted.segments()).isBetween(0, 255);
            }
            assertCode(outcome.fold(accepted -> null, SubmitOutcome.Refused::code, SubmitOutcome.Unknown::code));
        }
    }

    /** Anything else may be a number or a text. */
    private static void assertCode(@Nullable String code) {
        assertThat(CodeBook.showable(code)).isEqualTo(code);
    }

    /** The whole input is the body of a form. */
    @FuzzTest
    void anyCallbackHasAVerdict(byte[] body) {
        WebhookVerdict believed = parse(HOOK + Accounts.WEBHOOK_SECRET, FORM, body);
        WebhookVerdict forged = parse(HOOK + "not-the-secret", FORM, body);

        assertThat(believed.status()).isIn(200, 400, 413);
        assertThat(believed.status() == 200 || believed.events().isEmpty()).isTrue();
        believed.receipts().forEach(receipt -> assertCode(receipt.errorCode()));
        assertThat(forged.status()).isIn(403, 413);
        assertThat(forged.events()).isEmpty();
    }

    /** The head is the URL, and the rest the content type. */
    @FuzzTest
    void onlyWhoKnowsTheSecretIsBelieved(byte[] data) {
        var input = FuzzInput.of(data);

        WebhookVerdict verdict =
                parse(input.head(), input.rest(), "id=7&status=Success".getBytes(StandardCharsets.UTF_8));

        assertThat(verdict.status()).isIn(200, 400, 403);
        assertThat(verdict.status() == 200 && !input.head().contains(Accounts.WEBHOOK_SECRET))
                .isFalse();
    }

    private static WebhookVerdict parse(String url, String contentType, byte[] body) {
        return PROVIDER.parse(new WebhookRequest("POST", url, Map.of("Content-Type", List.of(contentType)), body));
    }
}
