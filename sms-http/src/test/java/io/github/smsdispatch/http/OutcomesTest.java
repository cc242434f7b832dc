package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.RefusingPort;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
    @Test
    void notSentIsUnavailable() {
        assertThat(Outcomes.ofSubmit(new ExchangeResult.NotSent("ConnectException while connecting")))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.UNAVAILABLE, null, "not sent: ConnectException while connecting"));
    }

    @Test
    void lostIsUnknownAndKeepsTheStatus() {
        assertThat(Outcomes.ofSubmit(new ExchangeResult.Lost(201, "cut")))
                .isEqualTo(new SubmitOutcome.Unknown("201", "no complete answer: cut"));
        assertThat(Outcomes.ofSubmit(new ExchangeResult.Lost(null, "cut")))
                .isEqualTo(new SubmitOutcome.Unknown(null, "no complete answer: cut"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, SENDER",
        "401, ACCOUNT",
        "402, ACCOUNT",
        "403, ACCOUNT",
        "404, ACCOUNT",
        "407, UNAVAILABLE",
        "410, ACCOUNT",
        "413, SENDER",
        "422, SENDER",
        "429, THROTTLED"
    })
    void aStatusThatRulesOutThatItWasTakenIsARefusal(int status, FailureReason reason) {
        assertThat(Outcomes.ofSubmit(answer(status)))
                .isEqualTo(new SubmitOutcome.Refused(
                        reason, String.valueOf(status), "refused with HTTP status " + status, Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {200, 201, 202, 204, 301, 302, 304, 307, 308, 408, 409, 418, 421, 425, 499, 500, 502, 503, 504, 599})
    void anyOtherStatusIsUnknown(int status) {
        assertThat(Outcomes.ofSubmit(answer(status)))
                .isEqualTo(new SubmitOutcome.Unknown(
                        String.valueOf(status), "HTTP status " + status + " does not tell whether it was taken"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 413, 415, 431})
    void aPageForPeopleComesFromSomethingOnTheWayAndEndsNoMessage(int status) {
        var page = new ExchangeResult.Answered(status, Map.of(), "\r\n <html>Bad request (proxy)</html>");

        assertThat(Outcomes.ofSubmit(page))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.UNAVAILABLE, String.valueOf(status), "refused with HTTP status " + status));
    }

    @Test
    void anAnswerThatBreaksOffAfterTheProxyAskedForCredentialsIsARefusal() {
        assertThat(Outcomes.ofSubmit(new ExchangeResult.Lost(407, "cut")))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.UNAVAILABLE, "407", "refused with HTTP status 407"));
    }

    @Test
    void valuesThatARequestCannotHoldAreTheMessagesFault() {
        assertThat(submit(() -> {
                    throw new IllegalArgumentException("+447700900123");
                }))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.CONTENT,
                        null,
                        "not sent: the request could not be written, IllegalArgumentException"));
    }

    static List<Supplier<ExchangeRequest>> brokenModules() {
        return List.of(
                () -> {
                    throw new IllegalStateException();
                },
                () -> {
                    throw new NoSuchMethodError();
                },
                () -> ExchangeRequest.get("nowhere", Map.of()),
                () -> ExchangeRequest.get("http://127.0.0.1/", Map.of("no header", "value")));
    }

    @ParameterizedTest
    @MethodSource("brokenModules")
    void whatWouldGoWrongWithEachMessageIsTheAccountsFaultAndNoDoubt(Supplier<ExchangeRequest> write) {
        assertThat(submit(write)).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(FailureReason.ACCOUNT);
            assertThat(refused.detail()).startsWith("not sent: the request could not be written, ");
        });
    }

    @Test
    void whatIsThrownAfterTheExchangeIsNotTakenForARefusal() {
        try (var nobody = new RefusingPort();
                var http = new ProviderHttp("test", Duration.ofSeconds(10))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Outcomes.submit(http, () -> ExchangeRequest.get(nobody.url(), Map.of()), result -> {
                                throw new IllegalArgumentException("cannot be read");
                            }))
                    .withMessage("cannot be read");
        }
    }

    @Test
    void aRequestForSeveralMessagesThatCannotBeWrittenIsOneRefusalForAll() {
        try (var http = new ProviderHttp("test", Duration.ofSeconds(10))) {
            List<SubmitOutcome> outcomes = Outcomes.submit(
                    http,
                    () -> {
                        throw new IllegalArgumentException("no such value");
                    },
                    result -> List.<SubmitOutcome>of(),
                    refused -> List.of(refused, refused));

            var refused = SubmitOutcome.Refused.because(
                    FailureReason.CONTENT,
                    null,
                    "not sent: the request could not be written, IllegalArgumentException");
            assertThat(outcomes).containsExactly(refused, refused);
        }
    }

    @Test
    void aDocumentedCodeSaysWhyAndOneThatProvesNothingIsADoubt() {
        var busy = new CodeTable.Row(CodeTable.Kind.SUBMIT, "7", "THROTTLED", "too fast");
        var vague = new CodeTable.Row(CodeTable.Kind.SUBMIT, "8", "UNKNOWN", "who knows");

        assertThat(Outcomes.ofCode(busy, answer(400)))
                .isEqualTo(new SubmitOutcome.Refused(FailureReason.THROTTLED, "7", "too fast", Duration.ofSeconds(3)));
        assertThat(Outcomes.ofCode(vague, answer(400))).isEqualTo(new SubmitOutcome.Unknown("8", "who knows"));
    }

    @Test
    void anUnknownCodeIsKeptAndTheStatusDecides() {
        assertThat(Outcomes.ofUnknownCode("99", answer(429)))
                .isEqualTo(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED, "99", "refused with HTTP status 429", Duration.ofSeconds(3)));
        assertThat(Outcomes.ofUnknownCode("99", answer(200)))
                .isEqualTo(new SubmitOutcome.Unknown("99", "HTTP status 200 does not tell whether it was taken"));
        assertThat(Outcomes.ofUnknownCode("99", answer(500))).isInstanceOf(SubmitOutcome.Unknown.class);
        assertThat(Outcomes.ofUnknownCode(null, answer(429))).isEqualTo(Outcomes.ofSubmit(answer(429)));
    }

    @ParameterizedTest
    @EnumSource
    void ofSeveralThatAreRefusedTogetherNoneIsRejectedAndTheAccountKeepsItsHealth(FailureReason reason) {
        var refused = new SubmitOutcome.Refused(reason, "400", "no", Duration.ofSeconds(3));

        SubmitOutcome.Refused each = Outcomes.together(refused, "one of them, or all");

        if (EnumSet.of(
                        FailureReason.ACCOUNT,
                        FailureReason.THROTTLED,
                        FailureReason.UNAVAILABLE,
                        FailureReason.RECIPIENT_BUSY)
                .contains(reason)) {
            assertThat(each).isEqualTo(refused);
        } else {
            assertThat(each)
                    .isEqualTo(
                            SubmitOutcome.Refused.because(FailureReason.RECIPIENT_BUSY, "400", "one of them, or all"));
        }
    }

    @Test
    void aLookupThatDidNotSucceedSaysWhyAndForHowLong() {
        assertThat(Outcomes.ofLookup(answer(503)))
                .isEqualTo(new LookupAnswer.Failed("503", "answered 503", Duration.ofSeconds(3)));
        assertThat(Outcomes.ofLookup(new ExchangeResult.NotSent("no host")))
                .isEqualTo(new LookupAnswer.Failed(null, "not sent: no host", null));
        assertThat(Outcomes.ofLookup(new ExchangeResult.Lost(200, "cut")))
                .isEqualTo(new LookupAnswer.Failed("200", "no complete answer: cut", null));
        assertThat(Outcomes.ofLog(Outcomes.ofLookup(answer(503))))
                .isEqualTo(new LogAnswer.Failed("503", "answered 503", Duration.ofSeconds(3)));
        assertThat(Outcomes.ofCheck(answer(503)))
                .isEqualTo(RecipientFinding.unknown("503", "answered 503", Duration.ofSeconds(3)));
    }

    private static SubmitOutcome submit(Supplier<ExchangeRequest> write) {
        try (var http = new ProviderHttp("test", Duration.ofSeconds(10))) {
            return Outcomes.submit(http, write, Outcomes::ofSubmit);
        }
    }

    private static ExchangeResult.Answered answer(int status) {
        return new ExchangeResult.Answered(status, Map.of("Retry-After", List.of("3")), "the body");
    }
}
