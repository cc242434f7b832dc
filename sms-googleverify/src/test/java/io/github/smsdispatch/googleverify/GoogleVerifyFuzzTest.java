package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.FuzzInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/**
 * What the server's side may send, however hostile. Each {@code @FuzzTest} runs its recorded inputs with the other tests;
 * see CONTRIBUTING.md for the search for new ones.
 */
class GoogleVerifyFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String FIRST = "01920000-0000-7000-8000-000000000001";
    private static final List<CodeOrder> ORDERS = List.of(order(FIRST), order("01920000-0000-7000-8000-000000000002"));

    /** Never used: answers are handed in. */
    private final ProviderHttp http = new ProviderHttp("googleverify", Duration.ofSeconds(1));

    private final GoogleVerifyStatus status = status();

    @AfterEach
    void closeHttp() {
        http.close();
    }

    @FuzzTest
    void anyAnswerForOneCodeIsClassified(byte[] data) {
        var input = FuzzInput.of(data);

        SubmitOutcome outcome = answers().ofIssue(ORDERS.get(0), answered(input));

        if (input.status() >= 500) {
            assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
        }
        if (input.status() == 200 && outcome instanceof SubmitOutcome.Refused refused) {
            assertThat(refused.code()).isEqualTo("internal_server_error");
        }
        assertTruth(outcome, input, 0);
    }

    @FuzzTest
    void anyAnswerForABatchIsClassifiedItemByItem(byte[] data) {
        var input = FuzzInput.of(data);

        List<SubmitOutcome> outcomes = answers().ofBatch(ORDERS, answered(input));

        assertThat(outcomes).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertTruth(outcomes.get(i), input, i);
        }
    }

    @FuzzTest
    void anyAnswerToALookUpIsClassified(byte[] data) {
        var input = FuzzInput.of(data);

        LookupAnswer answer = status.ofAnswer(AttemptId.parse(FIRST), NOW.minusSeconds(60), answered(input));

        if (answer instanceof LookupAnswer.Absent) {
            assertThat(input.status()).isEqualTo(404);
            assertThat(Json.read(input.rest()).path("errorCode").asText()).isEqualTo("code_not_found");
        }
        if (answer instanceof LookupAnswer.Found found) {
            assertThat(input.status()).isBetween(200, 299);
            assertThat(found.receipts())
                    .extracting(Receipt::account, Receipt::providerMessageId)
                    .containsExactly(tuple(ProviderAccount.of("googleverify"), FIRST));
        }
    }

    @FuzzTest
    void anyGeneratedTextIsWholeOrNoneAndIsShownToNobody(byte[] data) {
        var input = FuzzInput.of(data);

        GeneratedText generated = VerificationCodes.text(ORDERS.get(0), input.rest());

        if (generated instanceof GeneratedText.Ready ready) {
            assertThat(ready.recipient()).isEqualTo(ORDERS.get(0).phone());
            assertThat(ready.toString()).doesNotContain("2025550123");
            ready.message();
        }
    }

    /** A yes needs our reference in the answer, or the server's word that it knows it; and nothing of the body shows. */
    private static void assertTruth(SubmitOutcome outcome, FuzzInput input, int index) {
        if (outcome instanceof SubmitOutcome.Accepted accepted) {
            String uuid = ORDERS.get(index).uuid().toString();
            assertThat(accepted.providerMessageIds()).containsExactly(uuid);
            assertThat(input.status() / 100).isNotEqualTo(3);
        }
        assertThat(outcome.toString()).doesNotContain("83417265");
    }

    private GoogleVerifyStatus status() {
        var settings = new GoogleVerifySettings(
                Accounts.settings(Map.of("base-url", "http://127.0.0.1", "api-key", Accounts.API_KEY)));
        return new GoogleVerifyStatus(
                settings,
                new GoogleVerifyRequests(settings),
                http,
                new CodeBook("googleverify", GoogleVerifyAnswers.CODES),
                InstantSource.fixed(NOW));
    }

    private static GoogleVerifyAnswers answers() {
        return new GoogleVerifyAnswers(new CodeBook("googleverify", GoogleVerifyAnswers.CODES));
    }

    private static ExchangeResult.Answered answered(FuzzInput input) {
        return new ExchangeResult.Answered(input.status(), Map.of(), input.rest());
    }

    private static CodeOrder order(String uuid) {
        return new CodeOrder(
                UUID.fromString(uuid),
                PhoneNumber.parse("+12025550123"),
                CodeRequest.of(TestType.CONFIRMED).build());
    }
}
