package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.SubmitOutcome.Accepted;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import io.github.smsdispatch.spi.SubmitOutcome.Unknown;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One message in one request. */
class AfricasTalkingSubmitTest {
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
    void aMessageIsPostedAsAFormWithTheKeyInItsHeader() {
        server.answers(201, Answer.sent(Answer.yes(1)));

        SubmitOutcome outcome = submit("Grüße + 100 % & mehr");

        assertThat(outcome).isEqualTo(new Accepted(List.of(Answer.id(1)), 0, kes("0.8000")));
        TakenRequest request = server.taken();
        assertThat(request.line()).isEqualTo("POST /version1/messaging");
        assertThat(request.header("apiKey")).isEqualTo(Accounts.API_KEY);
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(Form.decode(request.body()).fields())
                .containsExactly(
                        Map.entry("username", Accounts.USERNAME),
                        Map.entry("to", Accounts.number(1)),
                        Map.entry("message", "Grüße + 100 % & mehr"),
                        Map.entry("bulkSMSMode", "1"),
                        Map.entry("enqueue", "1"));
    }

    @Test
    void aMessagesOwnSenderGoesBeforeTheAccounts() {
        server.answers(201, Answer.sent(Answer.yes(1))).answers(201, Answer.sent(Answer.yes(1)));
        var provider = Accounts.provider(server, "from", "AcmeInc");

        provider.submit(List.of(Accounts.to(1, "Hello")));
        provider.submit(List.of(Accounts.to(1, "Hello", Sender.of("20880"))));

        assertThat(Form.decode(server.takenBody()).first("from")).contains("AcmeInc");
        assertThat(Form.decode(server.takenBody()).first("from")).contains("20880");
    }

    @Test
    void itCanBeToldToWaitForTheOperators() {
        server.answers(201, Answer.sent(Answer.yes(1)));

        Accounts.provider(server, "enqueue", "false").submit(List.of(Accounts.to(1, "Hello")));

        assertThat(Form.decode(server.takenBody()).first("enqueue")).contains("0");
    }

    static List<String> codes() {
        return AfricasTalkingCodes.TABLE.rows().stream()
                .filter(row -> row.kind() == CodeTable.Kind.SUBMIT)
                .map(CodeTable.Row::code)
                .filter(code -> code.matches("[0-9]+"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeOfTheTableLeadsToItsOutcome(String code) {
        var row = AfricasTalkingCodes.TABLE.find(CodeTable.Kind.SUBMIT, code).orElseThrow();
        String id = row.isAccepted() ? Answer.id(1) : "None";
        server.answers(201, Answer.sent(Answer.entry(Integer.parseInt(code), Accounts.number(1), "0", "whatever", id)));

        assertThat(submit("Hello"))
                .isEqualTo(
                        row.isAccepted()
                                ? Accepted.as(Answer.id(1))
                                : Refused.because(row.reason(), code, row.meaning()));
    }

    @ParameterizedTest
    @CsvSource({
        "401, ACCOUNT",
        "402, SENDER",
        "403, RECIPIENT",
        "404, RECIPIENT",
        "405, ACCOUNT",
        "406, OPTED_OUT",
        "407, DESTINATION",
        "409, RECIPIENT",
        "500, RECIPIENT_BUSY",
        "501, RECIPIENT_BUSY",
        "502, DESTINATION"
    })
    void theCodesMeanWhatAfricasTalkingSays(String code, FailureReason reason) {
        assertThat(AfricasTalkingCodes.TABLE
                        .find(CodeTable.Kind.SUBMIT, code)
                        .orElseThrow()
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void aCodeNobodyKnowsIsADoubtAndCounted() {
        server.answers(201, Answer.sent(Answer.no(1, 410, "SomethingNew")));
        var provider = Accounts.provider(server);

        assertThat(provider.submit(List.of(Accounts.to(1, "Hello"))))
                .containsExactly(new Unknown("410", "a code that this version does not know"));
        assertThat(provider.unknownCodes()).isEqualTo(Map.of("submit 410", 1L));
    }

    @Test
    void aFailureBesideAMessageIdIsADoubt() {
        server.answers(201, Answer.sent(Answer.entry(401, Accounts.number(1), "KES 0.8000", "RiskHold", Answer.id(1))));

        assertThat(submit("Hello"))
                .isEqualTo(
                        new Unknown(
                                "401",
                                "a failure beside a message id: held for its risk: Africa's Talking has to release the account"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"None\"", "\" none \"", "\"\"", "null", "[]"})
    void takenWithoutAMessageIdIsADoubt(String id) {
        server.answers(
                201,
                Answer.sent("{\"statusCode\":101,\"number\":\"" + Accounts.number(1)
                        + "\",\"status\":\"Success\",\"messageId\":" + id + "}"));

        assertThat(submit("Hello")).isEqualTo(new Unknown("101", "taken without a message id"));
    }

    @Test
    void whereThereIsNoCodeTheWordCountsHoweverItIsSpelt() {
        server.answers(
                        201,
                        Answer.sent("{\"number\":\"" + Accounts.number(1) + "\",\"status\":\"Success\",\"messageId\":\""
                                + Answer.id(1) + "\"}"))
                .answers(
                        201,
                        Answer.sent("{\"number\":\"" + Accounts.number(1)
                                + "\",\"status\":\"user_in_blackList\",\"messageId\":\"None\"}"));

        assertThat(submit("Hello")).isEqualTo(Accepted.as(Answer.id(1)));
        assertThat(submit("Hello"))
                .isEqualTo(Refused.because(
                        FailureReason.OPTED_OUT, "user_in_blackList", "recipient is on the blacklist of the sender"));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidSenderId, SENDER, sender not registered for the account",
        "InsufficientBalance, ACCOUNT, not enough funds",
        "invalid sender ID, SENDER, sender not registered for the account"
    })
    void anEmptyListWithAReasonIsARefusalOfTheRequest(String message, FailureReason reason, String meaning) {
        server.answers(201, Answer.of(message));

        String code = message.contains(" ") ? null : message;
        assertThat(submit("Hello")).isEqualTo(Refused.because(reason, code, meaning));
    }

    @ParameterizedTest
    @CsvSource({
        "Sent to 0/1 Total Cost: 0, 201",
        "Success, Success",
        "SomethingNew, SomethingNew",
        // Nothing is proven by an error in their house, nor by a hold that somebody may release.
        "InternalServerError, InternalServerError",
        "RiskHold, RiskHold"
    })
    void anEmptyListWithoutAReasonIsADoubt(String message, String code) {
        server.answers(201, Answer.of(message));

        assertThat(submit("Hello")).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.code())
                .isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "The request has been accepted",
                "<AfricasTalkingResponse><SMSMessageData><Message>Sent to 1/1</Message></SMSMessageData></AfricasTalkingResponse>",
                "{\"SMSMessageData\":null}",
                "{\"SMSMessageData\":{\"Message\":\"InvalidSenderId\"}}",
                "{\"SMSMessageData\":{\"Message\":\"InvalidSenderId\",\"Recipients\":\"none\"}}",
                "{\"SMSMessageData\":{\"Recipients\":[]}}"
            })
    void aSuccessOfAnotherShapeIsADoubt(String body) {
        server.answers(201, body);

        assertThat(submit("Hello"))
                .isEqualTo(new Unknown("201", "the answer names no recipient, and no reason that this version knows"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"number\":null}", "7", "null", "[[]]", "{\"number\":\"+254711000000\",\"statusCode\":101}"})
    void anAnswerThatDoesNotNameTheRecipientIsADoubt(String recipient) {
        server.answers(201, Answer.sent(recipient));

        assertThat(submit("Hello")).isEqualTo(new Unknown("201", "the answer does not name the recipient"));
    }

    @Test
    void whatAnAnswerRepeatsOfAMessageIsShownInNoOutcomeAndNoCount() {
        String echo = Accounts.number(1) + " Geheimnis";
        server.answers(201, Answer.of(echo))
                .answers(
                        201,
                        Answer.sent("{\"number\":\"" + Accounts.number(1) + "\",\"status\":\"" + echo
                                + "\",\"messageId\":\"" + echo + "\"}"));
        var provider = Accounts.provider(server);

        var shown = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            shown.addAll(provider.submit(List.of(Accounts.to(1, "Geheimnis wahren"))));
        }

        assertThat(shown + "" + provider.unknownCodes())
                .contains("others=2")
                .doesNotContain(Accounts.number(1).substring(1), "Geheimnis");
    }

    @Test
    void aWrongKeyIsToldInPlainTextAndIsTheAccounts() {
        server.answers(401, "The supplied authentication is invalid", "Content-Type", "text/plain; charset=UTF-8");

        assertThat(submit("Hello"))
                .isEqualTo(Refused.because(FailureReason.ACCOUNT, "401", "refused with HTTP status 401"));
    }

    @Test
    void doNotDisturbMayBeAnHttpStatus() {
        server.answers(409, "not now").answers(409, Answer.sent(Answer.no(1, 409, "DoNotDisturbRejection")));

        var refused = Refused.because(
                FailureReason.RECIPIENT, "409", "recipient wants no texts from promotional senders now (Nigeria)");
        assertThat(submit("Hello")).isEqualTo(refused);
        assertThat(submit("Hello")).isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 409, 413, 429})
    void anHttpErrorIsNoYesWhateverItLists(int status) {
        server.answers(status, Answer.sent(Answer.yes(1)));

        assertThat(submit("Hello"))
                .isEqualTo(new Unknown(String.valueOf(status), "taken by the entry, refused by the HTTP status"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 413, 429})
    void anHttpErrorOverTheAnswerOfARequestThatWasProcessedIsADoubt(int status) {
        server.answers(status, Answer.sent()).answers(status, Answer.of("InvalidSenderId"));

        var doubt = new Unknown(String.valueOf(status), "processed by the body, refused by the HTTP status");
        assertThat(submit("Hello")).isEqualTo(doubt);
        assertThat(submit("Hello")).isEqualTo(doubt);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void aRequestThatCannotBeProcessedLeavesItsOneMessageToTheNextRoute(int status) {
        server.answers(status, "The request content was malformed");

        assertThat(submit("Hello"))
                .isEqualTo(Refused.because(
                        FailureReason.SENDER, String.valueOf(status), "refused with HTTP status " + status));
    }

    @Test
    void tooManyRequestsIsTakenForAThrottle() {
        server.answers(429, "", "Retry-After", "7");

        assertThat(submit("Hello"))
                .isEqualTo(new Refused(
                        FailureReason.THROTTLED, "429", "refused with HTTP status 429", Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource({
        "'Message parts: 3', '', 3",
        "'Message parts: 3', '\"messageParts\":3,', 3",
        "'', '\"messageParts\":5,', 5",
        "'', '\"messageParts\":\"many\",', 0",
        "'', '\"messageParts\":255,', 255",
        "'', '\"messageParts\":256,', 0",
        "'', '\"messageParts\":-1,', 0",
        "'Message parts: 9999', '', 0",
        "'', '', 0"
    })
    void theyCountTheSegments(String message, String field, int segments) {
        server.answers(
                201,
                Answer.of(
                        "Sent to 1/1 Total Cost: KES 0.8000 " + message,
                        "{" + field + Answer.yes(1).substring(1)));

        assertThat(submit("Hello")).isEqualTo(new Accepted(List.of(Answer.id(1)), segments, kes("0.8000")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.8000", "KES", "KES -1", "XYZ 1.00", "KES 1e9", "free", ""})
    void aCostThatCannotBeReadIsNoReasonToDoubt(String cost) {
        server.answers(201, Answer.sent(Answer.entry(101, Accounts.number(1), cost, "Success", Answer.id(1))));

        assertThat(submit("Hello")).isEqualTo(Accepted.as(Answer.id(1)));
    }

    private SubmitOutcome submit(String text) {
        try (var provider = Accounts.provider(server)) {
            return provider.submit(List.of(Accounts.to(1, text))).get(0);
        }
    }

    private static SubmitOutcome.Cost kes(String amount) {
        return new SubmitOutcome.Cost(new BigDecimal(amount), Currency.getInstance("KES"));
    }
}
