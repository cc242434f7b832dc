package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good bodies with bytes changed, cut out and put in; the seed makes each run the same. */
class AfricasTalkingHostileTest {
    private static final int ROUNDS = 2_000;
    private static final String PIECES = "{}[]\":,\\%&=+ \u0000\n09-eE\u00e9";

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 409, 500})
    void anyAnswerIsClassifiedAndNoErrorIsAYes(int status) {
        String good = Answer.sent(Answer.yes(1), Answer.no(2, 406, "UserInBlacklist"));
        var answers = new AfricasTalkingAnswers(new AfricasTalkingCodes("test"));
        var random = new Random(7);

        for (int i = 0; i < ROUNDS; i++) {
            String body = new String(damaged(good, random), StandardCharsets.UTF_8);
            BulkAnswer answer = answers.read(new ExchangeResult.Answered(status, Map.of(), body), i % 2 == 0);

            for (int last = 1; last <= 3; last++) {
                SubmitOutcome outcome = answer.of(Accounts.number(last).substring(1));
                assertThat(outcome).isNotNull();
                assertThat(status >= 300 && outcome instanceof SubmitOutcome.Accepted)
                        .isFalse();
            }
            assertThat(answer.stop()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id=ATXid_00&status=Failed&phoneNumber=%2B254700000001&failureReason=UserInBlackList",
                "date=2017-05-03+06%3A04%3A45&from=%2B254700000001&id=7&text=Habari&to=20880",
                "senderId=Acme&phoneNumber=%2B254700000001",
                "phoneNumber=%2B254700000001&shortCode=20880&keyword=news&updateType=addition"
            })
    void anyCallbackHasAVerdict(String good) {
        var random = new Random(7);
        try (var provider = Accounts.provider(Map.of("webhook-secret", Accounts.WEBHOOK_SECRET))) {
            for (int i = 0; i < ROUNDS; i++) {
                WebhookVerdict verdict = provider.parse(new WebhookRequest(
                        "POST",
                        "https://example.com/" + Accounts.WEBHOOK_SECRET,
                        Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                        damaged(good, random)));

                assertThat(verdict.status()).isIn(200, 400);
            }
        }
    }

    private static byte[] damaged(String good, Random random) {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);
        for (int times = random.nextInt(6); times >= 0; times--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(4)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] = (byte) PIECES.charAt(random.nextInt(PIECES.length()));
                case 2 -> body = cut(body, at, random.nextInt(body.length));
                default ->
                    body = (new String(body, StandardCharsets.ISO_8859_1)
                                    + new String(body, at, body.length - at, StandardCharsets.ISO_8859_1))
                            .getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        return body;
    }

    /** Never to nothing, so that there is something to go on with. */
    private static byte[] cut(byte[] body, int from, int length) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String rest = text.substring(0, from) + text.substring(Math.min(text.length(), from + length));
        return (rest.isEmpty() ? "{" : rest).getBytes(StandardCharsets.ISO_8859_1);
    }
}
