package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import io.github.smsdispatch.text.Segments;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioDoubtTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant ENDED = STARTED.plusSeconds(10);
    private static final String TEXT = "Your code is 4711";
    private static final String LIST = "/2010-04-01/Accounts/" + Accounts.ACCOUNT_SID + "/Messages.json?";

    private AnsweringServer twilio;

    @BeforeEach
    void startServer() {
        twilio = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        twilio.close();
    }

    @Test
    void theListIsAskedForTheRecipient() throws Exception {
        twilio.answers(200, page(null));

        find(TEXT);

        String target = twilio.taken().target();
        assertThat(target).startsWith("/2010-04-01/Accounts/" + Accounts.ACCOUNT_SID + "/Messages.json?");
        assertThat(Form.queryOf(target).first("To")).contains("+447700900123");
        assertThat(Form.queryOf(target).first("PageSize")).contains("50");
    }

    @Test
    void aPageOfFiftyOfTheLongestTextsIsReadThoughEachCharacterIsEscaped() {
        String longest = "Ж".repeat(1_600);
        String escaped = "\\u0416".repeat(1_600);
        String[] messages = IntStream.range(0, 50)
                .mapToObj(i -> message("SM" + (50 - i), STARTED.plusMillis(9_000 - 100L * i), escaped))
                .toArray(String[]::new);
        twilio.answers(200, page(null, messages));

        assertThat(ids(find(longest))).hasSize(50);
    }

    @Test
    void aMessageOfThatTimeWithThatTextIsFoundWithoutAReference() {
        twilio.answers(200, page(null, message("SM1", STARTED.plusSeconds(1), TEXT)));

        LookupAnswer.Found found = (LookupAnswer.Found) find(TEXT);

        assertThat(found.receipts()).hasSize(1);
        assertThat(found.receipts().get(0).providerMessageId()).isEqualTo("SM1");
        assertThat(found.receipts().get(0).reference()).isNull();
    }

    @Test
    void severalCandidatesComeOldestFirst() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM3", STARTED.plusSeconds(9), TEXT),
                        message("SM2", STARTED.plusSeconds(2), TEXT),
                        message("SM1", STARTED.plusSeconds(1), TEXT)));

        assertThat(ids(find(TEXT))).containsExactly("SM1", "SM2", "SM3");
    }

    @Test
    void aMessageThatComesAgainOnTheNextPageCountsOnce() {
        twilio.answers(200, page(LIST + "PageToken=1", message("SM1", STARTED.plusSeconds(1), TEXT)));
        twilio.answers(200, page(null, message("SM1", STARTED.plusSeconds(1), TEXT)));

        assertThat(ids(find(TEXT))).containsExactly("SM1");
    }

    @Test
    void theClocksMayBeTwoMinutesApart() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM4", ENDED.plusSeconds(121), TEXT),
                        message("SM3", ENDED.plusSeconds(120), TEXT),
                        message("SM2", STARTED.minusSeconds(120), TEXT),
                        message("SM1", STARTED.minusSeconds(121), TEXT)));

        assertThat(ids(find(TEXT))).containsExactly("SM2", "SM3");
    }

    @ParameterizedTest
    @CsvSource({"-1020, false", "-121, false", "131, false", "1030, false", "-1021, true", "1031, true"})
    void theSameTextJustOutsideTheTimeForbidsToSayAbsent(int secondsAfterStart, boolean absent) {
        twilio.answers(200, page(null, message("SM1", STARTED.plusSeconds(secondsAfterStart), TEXT)));

        assertThat(find(TEXT)).isInstanceOf(absent ? LookupAnswer.Absent.class : LookupAnswer.Unclear.class);
    }

    @Test
    void pagesAreReadUntilAClockThatIsOffCannotHideTheMessageEither() {
        twilio.answers(200, page(LIST + "PageToken=1", message("SM2", STARTED.minusSeconds(600), "Another text")));
        twilio.answers(200, page(null, message("SM1", STARTED.minusSeconds(900), TEXT)));

        assertThat(find(TEXT)).isInstanceOf(LookupAnswer.Unclear.class);
    }

    @Test
    void pagesAreReadUntilTheyAreOlderThanTheAttempt() throws Exception {
        twilio.answers(200, page(LIST + "PageToken=1", message("SM9", ENDED.plusSeconds(3_600), TEXT)));
        twilio.answers(200, page(LIST + "PageToken=2", message("SM1", STARTED.plusSeconds(1), TEXT)));
        twilio.answers(200, page(LIST + "PageToken=3", message("SM0", STARTED.minusSeconds(3_600), TEXT)));

        assertThat(ids(find(TEXT))).containsExactly("SM1");
        assertThat(twilio.requests()).isEqualTo(3);
        twilio.taken();
        assertThat(twilio.taken().target()).isEqualTo(LIST + "PageToken=1");
    }

    @Test
    void aListThatIsNotNewestFirstIsReadToItsEnd() {
        twilio.answers(
                200,
                page(
                        LIST + "PageToken=1",
                        message("SM0", STARTED.minusSeconds(7_200), TEXT),
                        message("SM9", ENDED.plusSeconds(3_600), TEXT),
                        message("SM8", STARTED.minusSeconds(3_600), TEXT)));
        twilio.answers(200, page(null, message("SM1", STARTED.plusSeconds(1), TEXT)));

        assertThat(ids(find(TEXT))).containsExactly("SM1");
    }

    @Test
    void absentIsSaidOnlyAfterTheWholeTimeWasSearched() {
        twilio.answers(200, page(null, message("SM2", STARTED, "Another text")));
        assertThat(find(TEXT)).isEqualTo(new LookupAnswer.Absent());

        twilio.answers(200, page(LIST + "PageToken=1", message("SM2", STARTED, "Another text")));
        twilio.answers(500, "");
        assertThat(find(TEXT)).isEqualTo(new LookupAnswer.Failed("500", "answered 500", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"messages\":null}", "<html>", "[]"})
    void anAnswerThatIsNoListProvesNothing(String body) {
        twilio.answers(200, body);

        assertThat(find(TEXT)).isEqualTo(new LookupAnswer.Failed("200", "the answer is no message list", null));
    }

    @Test
    void aListWithoutEndProvesNothing() {
        for (int page = 0; page < 20; page++) {
            twilio.answers(200, page(LIST + "PageToken=1", message("SM9", ENDED.plusSeconds(3_600), TEXT)));
        }

        assertThat(find(TEXT)).isEqualTo(new LookupAnswer.Unclear("the hand-over was not reached within 20 pages"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/next",
                "//evil.example/next",
                "@evil.example/next",
                "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json?Page=1"
            })
    void credentialsGoToNoAddressThatAnAnswerNames(String next) {
        twilio.answers(200, page(next, message("SM9", ENDED.plusSeconds(3_600), TEXT)));

        assertThat(find(TEXT))
                .isEqualTo(new LookupAnswer.Failed(
                        null, "the address of the next page is not in the account's message list", null));
        assertThat(twilio.requests()).isEqualTo(1);
    }

    @Test
    void whatCameInIsNoCandidate() {
        twilio.answers(200, page(null, message("SM1", STARTED, TEXT).replace("outbound-api", "inbound")));

        assertThat(find(TEXT)).isEqualTo(new LookupAnswer.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"direction", "date_created"})
    void aMessageThatLacksAFieldProvesNothing(String field) {
        twilio.answers(200, page(null, message("SM1", STARTED, TEXT).replace(field, "renamed")));

        assertThat(find(TEXT)).isInstanceOf(LookupAnswer.Unclear.class);
    }

    @Test
    void anotherSenderIsNoCandidateIfOneWasNamed() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM2", STARTED.plusSeconds(1), TEXT).replace("+12025550100", "Other"),
                        message("SM1", STARTED, TEXT).replace("+12025550100", "AcmeInc")));

        assertThat(ids(find(TEXT, Sender.of("AcmeInc")))).containsExactly("SM1");
    }

    @Test
    void theSameTextFromAnotherSenderForbidsToSayAbsent() {
        twilio.answers(200, page(null, message("SM1", STARTED.plusSeconds(1), TEXT)));

        assertThat(find(TEXT, Sender.of("AcmeInc"))).isInstanceOf(LookupAnswer.Unclear.class);
    }

    @Test
    void whatTwilioDoesToATextDoesNotHideIt() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM3", STARTED.plusSeconds(3), "It's \\\"done\\\" - 5 min..."),
                        message(
                                "SM2",
                                STARTED.plusSeconds(2),
                                "Sent from your Twilio trial account - It\\u2019s done 5 min")));

        assertThat(ids(find("It’s “done” – 5 min…"))).containsExactly("SM2", "SM3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"Your code is 4711. Reply STOP to end\""})
    void aRedactedOrLengthenedTextIsNeitherFoundNorAbsent(String body) {
        twilio.answers(200, page(null, message("SM1", STARTED, "BODY").replace("\"BODY\"", body)));

        assertThat(find(TEXT)).isInstanceOf(LookupAnswer.Unclear.class);
    }

    @Test
    void whatSaysExactlyTheSameComesBeforeWhatDiffersInItsSigns() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM3", STARTED.plusSeconds(3), "Pay $500"),
                        message("SM2", STARTED.plusSeconds(2), "Sent from your Twilio trial account - Pay $500"),
                        message("SM1", STARTED.plusSeconds(1), "Pay $5.00")));

        assertThat(ids(find("Pay $500"))).containsExactly("SM2", "SM3", "SM1");
    }

    @ParameterizedTest
    @CsvSource({
        "+447700900123, true",
        "+4477009XXXXX, false",
        "+44770090****, false",
        "XXXXXXXX, false",
        "+4477009001X, true"
    })
    void onceARecipientWasSeenMaskedAnEmptyListProvesNothing(String to, boolean absent) {
        twilio.answers(
                        200,
                        message("SM00000000000000000000000000000001", STARTED, TEXT)
                                .replace("+447700900123", to))
                .answers(200, page(null));
        try (TwilioProvider provider = Accounts.provider(twilio)) {
            provider.lookUp(List.of(new SentAttempt(
                    AttemptId.create(),
                    List.of("SM00000000000000000000000000000001"),
                    PhoneNumber.parse("+447700900123"),
                    STARTED)));

            assertThat(provider.find(attempt(TEXT, null)))
                    .isEqualTo(
                            absent
                                    ? new LookupAnswer.Absent()
                                    : new LookupAnswer.Unclear("not in the list, but the account's recipients are"
                                            + " redacted, and it goes by them"));
        }
    }

    @Test
    void aMaskedRecipientInTheAnswerToAHandOverCountsToo() {
        twilio.answers(201, message("SM1", STARTED, TEXT).replace("900123", "90XXXX"))
                .answers(200, page(null));
        try (TwilioProvider provider = Accounts.provider(twilio)) {
            provider.submit(List.of(TestSubmissions.of(TEXT)));

            assertThat(provider.find(attempt(TEXT, null))).isInstanceOf(LookupAnswer.Unclear.class);
        }
    }

    @Test
    void aTextWithoutLettersIsComparedAsItIs() {
        twilio.answers(
                200, page(null, message("SM2", STARTED.plusSeconds(1), "👍"), message("SM1", STARTED, "Hello 5")));

        assertThat(ids(find("👍"))).containsExactly("SM2");
    }

    private LookupAnswer find(String text) {
        return find(text, null);
    }

    private LookupAnswer find(String text, Sender sender) {
        try (TwilioProvider provider = Accounts.provider(twilio)) {
            return provider.find(attempt(text, sender));
        }
    }

    private static DoubtfulAttempt attempt(String text, Sender sender) {
        return new DoubtfulAttempt(
                AttemptId.create(),
                PhoneNumber.parse("+447700900123"),
                sender,
                text,
                Segments.of(text),
                STARTED,
                ENDED);
    }

    private static List<String> ids(LookupAnswer answer) {
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        return ((LookupAnswer.Found) answer)
                .receipts().stream().map(Receipt::providerMessageId).toList();
    }

    private static String page(String next, String... messages) {
        return "{\"messages\":[" + String.join(",", messages) + "],\"next_page_uri\":"
                + (next == null ? "null" : "\"" + next + "\"") + "}";
    }

    private static String message(String sid, Instant created, String body) {
        return """
                {"sid":"%s","status":"sent","direction":"outbound-api","from":"+12025550100","to":"+447700900123",\
                "body":"%s","date_created":"%s"}"""
                .formatted(sid, body, DateTimeFormatter.RFC_1123_DATE_TIME.format(created.atOffset(ZoneOffset.UTC)));
    }
}
