package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.SubmitOutcome.Accepted;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import io.github.smsdispatch.spi.SubmitOutcome.Unknown;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several messages in one call. */
class AfricasTalkingBatchTest {
    private AnsweringServer server;

    @BeforeEach
    void startServer() {
        server = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void oneTextToManyIsOneRequestAndEachHasTheOutcomeOfItsNumber() {
        // Neither in order nor as they were written, and with somebody nobody asked for.
        server.answers(
                201,
                Answer.of(
                        "Sent to 2/4 Total Cost: KES 1.6000",
                        Answer.no(3, 403, "InvalidPhoneNumber"),
                        Answer.entry(101, "254 700 000 002", "0", "Success", Answer.id(2)),
                        Answer.entry(101, "+254711000000", "0", "Success", Answer.id(77)),
                        Answer.entry(102, Accounts.number(1), "0", "Success", Answer.id(1))));

        List<SubmitOutcome> outcomes = submit(
                Accounts.to(1, "Hello"), Accounts.to(2, "Hello"), Accounts.to(3, "Hello"), Accounts.to(4, "Hello"));

        assertThat(outcomes)
                .containsExactly(
                        Accepted.as(Answer.id(1)),
                        Accepted.as(Answer.id(2)),
                        Refused.because(FailureReason.RECIPIENT, "403", "number not valid"),
                        new Unknown("201", "the answer does not name the recipient"));
        assertThat(server.requests()).isEqualTo(1);
        assertThat(to()).isEqualTo("+254700000001,+254700000002,+254700000003,+254700000004");
    }

    @Test
    void textsAndSendersThatDifferGoInRequestsOfTheirOwn() {
        server.answers(201, Answer.sent(Answer.yes(1), Answer.yes(4)))
                .answers(201, Answer.sent(Answer.yes(2)))
                .answers(201, Answer.sent(Answer.yes(3)));

        List<SubmitOutcome> outcomes = submit(
                Accounts.to(1, "Hello"),
                Accounts.to(2, "Goodbye"),
                Accounts.to(3, "Hello", Sender.of("Acme")),
                Accounts.to(4, "Hello"));

        assertThat(ids(outcomes)).containsExactly(Answer.id(1), Answer.id(2), Answer.id(3), Answer.id(4));
        assertThat(server.requests()).isEqualTo(3);
        assertThat(to()).isEqualTo("+254700000001,+254700000004");
        assertThat(to()).isEqualTo("+254700000002");
        assertThat(to()).isEqualTo("+254700000003");
    }

    @Test
    void aNumberThatComesTwiceIsInTwoRequestsBecauseResultsGoByNumber() {
        server.answers(201, Answer.sent(Answer.yes(1), Answer.yes(2)))
                .answers(201, Answer.sent(Answer.entry(101, Accounts.number(1), "0", "Success", Answer.id(99))));

        List<SubmitOutcome> outcomes =
                submit(Accounts.to(1, "Hello"), Accounts.to(1, "Hello"), Accounts.to(2, "Hello"));

        assertThat(ids(outcomes)).containsExactly(Answer.id(1), Answer.id(99), Answer.id(2));
        assertThat(to()).isEqualTo("+254700000001,+254700000002");
        assertThat(to()).isEqualTo("+254700000001");
    }

    @Test
    void noRequestHasMoreRecipientsThanTheAccountIsSetTo() {
        server.answers(201, Answer.sent(Answer.yes(1), Answer.yes(2))).answers(201, Answer.sent(Answer.yes(3)));

        try (var provider = Accounts.provider(server, "max-recipients", "2")) {
            assertThat(ids(provider.submit(
                            List.of(Accounts.to(1, "Hello"), Accounts.to(2, "Hello"), Accounts.to(3, "Hello")))))
                    .containsExactly(Answer.id(1), Answer.id(2), Answer.id(3));
        }
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void ofTwoEntriesForOneRecipientBothMustSayTheSame() {
        server.answers(
                201,
                Answer.sent(
                        Answer.yes(1),
                        Answer.entry(101, Accounts.number(1), "0", "Success", Answer.id(9)),
                        Answer.yes(2),
                        Answer.no(2, 403, "InvalidPhoneNumber"),
                        Answer.no(3, 406, "UserInBlacklist"),
                        Answer.no(3, 406, "UserInBlacklist")));

        List<SubmitOutcome> outcomes =
                submit(Accounts.to(1, "Hello"), Accounts.to(2, "Hello"), Accounts.to(3, "Hello"));

        assertThat(ids(outcomes.subList(0, 1))).containsExactly(Answer.id(1));
        assertThat(outcomes.get(1)).isEqualTo(new Unknown("201", "the answer says two things of the recipient"));
        assertThat(outcomes.get(2))
                .isEqualTo(
                        Refused.because(FailureReason.OPTED_OUT, "406", "recipient is on the blacklist of the sender"));
    }

    @Test
    void anUnknownSenderIsRefusedForAllOfTheRequestAndTheNextIsMade() {
        server.answers(201, Answer.of("InvalidSenderId")).answers(201, Answer.sent(Answer.yes(3)));

        List<SubmitOutcome> outcomes = submit(
                Accounts.to(1, "Hello", Sender.of("Nobody")),
                Accounts.to(2, "Hello", Sender.of("Nobody")),
                Accounts.to(3, "Hello"));

        var refused = Refused.because(FailureReason.SENDER, "InvalidSenderId", "sender not registered for the account");
        assertThat(outcomes.subList(0, 2)).containsExactly(refused, refused);
        assertThat(ids(outcomes.subList(2, 3))).containsExactly(Answer.id(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserInBlacklist", "InvalidPhoneNumber", "CouldNotRoute"})
    void aWordAboutOneRecipientIsNotLaidOnAll(String word) {
        server.answers(201, Answer.of(word));

        assertThat(submit(Accounts.to(1, "Hello"), Accounts.to(2, "Hello"))).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.code()).isEqualTo(word)));
    }

    @Test
    void anHttp409ForSeveralDoesNotTellWhoWantedNoTexts() {
        server.answers(409, "DoNotDisturbRejection");

        assertThat(submit(Accounts.to(1, "Hello"), Accounts.to(2, "Hello")))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 415, 422})
    void aRequestThatCannotBeProcessedRejectsNoneOfSeveralAndTheAccountIsWell(int status) {
        server.answers(status, "The request content was malformed");

        assertThat(submit(Accounts.to(1, "Hello"), Accounts.to(2, "Hello")))
                .containsOnly(Refused.because(
                        FailureReason.RECIPIENT_BUSY,
                        String.valueOf(status),
                        "the request was refused as a whole, for one of its recipients or for all"));
    }

    @Test
    void aRequestThatIsTooLargeSaysWhatToSet() {
        server.answers(413, "");

        assertThat(submit(Accounts.to(1, "Hello"), Accounts.to(2, "Hello")))
                .containsOnly(Refused.because(
                        FailureReason.RECIPIENT_BUSY,
                        "413",
                        "too many recipients for one request: lower max-recipients"));
    }

    @Test
    void oneOperatorsTroubleIsNoTroubleOfTheAccountsOrOfTheOthers() {
        server.answers(201, Answer.sent(Answer.yes(1), Answer.no(2, 501, "GatewayError"), Answer.yes(3)));

        List<SubmitOutcome> outcomes =
                submit(Accounts.to(1, "Hello"), Accounts.to(2, "Hello"), Accounts.to(3, "Hello"));

        assertThat(outcomes.get(1))
                .isEqualTo(Refused.because(
                        FailureReason.RECIPIENT_BUSY, "501", "error of the operator's gateway; not sent"));
        assertThat(ids(List.of(outcomes.get(0), outcomes.get(2)))).containsExactly(Answer.id(1), Answer.id(3));
    }

    @Test
    void aHoldOfTheWholeRequestIsInDoubtAndTheRestIsNotHandedOver() {
        server.answers(201, Answer.of("RiskHold"));

        List<SubmitOutcome> outcomes =
                submit(Accounts.to(1, "Hello"), Accounts.to(2, "Hello"), Accounts.to(3, "Goodbye"));

        var held = new Unknown(
                "RiskHold", "the answer names no recipient: held for its risk, and may be sent when it is released");
        assertThat(outcomes.subList(0, 2)).containsExactly(held, held);
        assertThat(outcomes.get(2))
                .isEqualTo(Refused.because(
                        FailureReason.UNAVAILABLE,
                        null,
                        "not handed over: an earlier request of the same call had no clear answer"));
    }

    @ParameterizedTest
    @CsvSource({"500, UNAVAILABLE", "201, UNAVAILABLE", "401, ACCOUNT", "429, THROTTLED"})
    void afterARequestThatShowsTheNextIsBetterNotMadeTheRestIsNotHandedOver(int status, FailureReason reason) {
        server.answers(status, "no JSON", "Retry-After", "7");

        List<SubmitOutcome> outcomes =
                submit(Accounts.to(1, "Hello"), Accounts.to(2, "Goodbye"), Accounts.to(2, "Hello again"));

        assertThat(server.requests()).isEqualTo(1);
        assertThat(outcomes.subList(1, 3)).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(reason);
                assertThat(refused.code()).isNull();
                assertThat(refused.detail()).startsWith("not handed over: an earlier request of the same call");
                assertThat(refused.retryAfter())
                        .isEqualTo(reason == FailureReason.UNAVAILABLE ? null : Duration.ofSeconds(7));
            });
        });
    }

    @Test
    void whereNobodyListensOneTryIsEnough() {
        String url = server.url();
        server.close();

        try (var provider = Accounts.provider(Map.of("base-url", url))) {
            assertThat(provider.submit(List.of(Accounts.to(1, "Hello"), Accounts.to(2, "Goodbye"))))
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.detail())
                                            .startsWith("not sent: ")),
                            second -> assertThat(second).isInstanceOfSatisfying(Refused.class, refused -> {
                                assertThat(refused.reason()).isEqualTo(FailureReason.UNAVAILABLE);
                                assertThat(refused.detail()).startsWith("not handed over: ");
                            }));
        }
    }

    @Test
    void noRequestIsBegunAfterTheDeadlineOfTheFirst() {
        server.answers(201, Answer.sent(Answer.yes(1))).answers(201, Answer.sent(Answer.yes(2)));
        var settings = new AfricasTalkingSettings(
                Accounts.settings(Accounts.withCredentials(Map.of("base-url", server.url(), "timeout", "PT10S"))));
        var now = new AtomicLong(Long.MAX_VALUE - 1);

        // Each look at the clock finds five seconds gone.
        try (var provider = new AfricasTalkingProvider(
                settings, () -> now.getAndAdd(Duration.ofSeconds(5).toNanos()))) {
            List<SubmitOutcome> outcomes = provider.submit(
                    List.of(Accounts.to(1, "Hello"), Accounts.to(2, "Goodbye"), Accounts.to(3, "Hello again")));

            assertThat(ids(outcomes.subList(0, 2))).containsExactly(Answer.id(1), Answer.id(2));
            assertThat(outcomes.get(2))
                    .isEqualTo(Refused.because(
                            FailureReason.UNAVAILABLE,
                            null,
                            "not handed over: the earlier requests of the same call took too long"));
        }
        assertThat(server.requests()).isEqualTo(2);
    }

    private List<SubmitOutcome> submit(Submission... batch) {
        try (var provider = Accounts.provider(server)) {
            return provider.submit(List.of(batch));
        }
    }

    private String to() {
        return Form.decode(server.takenBody()).first("to").orElseThrow();
    }

    private static List<String> ids(List<SubmitOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.<String>fold(
                        accepted -> accepted.providerMessageIds().get(0), Object::toString, Object::toString))
                .toList();
    }
}
