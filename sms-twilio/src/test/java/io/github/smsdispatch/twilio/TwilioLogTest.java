package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioLogTest {
    private static final Instant FROM = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-21T11:00:00Z");
    private static final String LIST = "/2010-04-01/Accounts/" + Accounts.ACCOUNT_SID + "/Messages.json?";
    private static final String ELSEWHERE = "the address of the next page is not in the account's message list";

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
    void theListIsAskedForTheTimeWithADayToSpare() {
        twilio.answers(200, page(null));

        assertThat(read(null)).isEqualTo(new LogAnswer.Page(List.of(), null));

        String target = twilio.taken().target();
        assertThat(target).startsWith(LIST);
        Form query = Form.queryOf(target);
        assertThat(query.first("DateSent>")).contains("2026-11-21T10:00:00");
        assertThat(query.first("DateSent<")).contains("2026-11-22T11:00:00");
        assertThat(query.first("PageSize")).contains("200");
        assertThat(query.fields()).hasSize(3);
    }

    @Test
    void eachMessageOnAPageIsAReceiptWithoutAReference() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM2", "undelivered", "30003", "10:30:00"),
                        message("SM1", "delivered", "null", "10:00:00")));

        assertThat(read(null))
                .isEqualTo(new LogAnswer.Page(
                        List.of(
                                new Receipt(
                                        ProviderAccount.of("twilio"),
                                        "SM2",
                                        null,
                                        ReceiptState.UNDELIVERED,
                                        "undelivered",
                                        "30003",
                                        FailureReason.UNAVAILABLE,
                                        Instant.parse("2026-11-21T10:59:59Z")),
                                new Receipt(
                                        ProviderAccount.of("twilio"),
                                        "SM1",
                                        null,
                                        ReceiptState.DELIVERED,
                                        "delivered",
                                        null,
                                        Instant.parse("2026-11-21T10:59:59Z"))),
                        null));
    }

    @ParameterizedTest
    @CsvSource({"09:59:59, false", "10:00:00, true", "10:59:59, true", "11:00:00, false"})
    void theTimeBeginsWithItsFirstMomentAndEndsBeforeItsLast(String sent, boolean within) {
        twilio.answers(200, page(null, message("SM1", "sent", "null", sent)));

        assertThat(ids(read(null))).isEqualTo(within ? List.of("SM1") : List.of());
    }

    @Test
    void oneThatIsNotSentYetGoesByItsCreationAndOneWithoutTimesIsKept() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM4", "queued", "null", "10:00:00").replace("date_sent", "renamed"),
                        message("SM3", "queued", "null", "10:00:00")
                                .replace("date_sent", "renamed")
                                .replace("09:59:00", "10:00:01"),
                        message("SM2", "queued", "null", "10:00:00").replace("date_", "renamed_"),
                        message("SM1", "queued", "null", "10:00:00")
                                .replace("date_sent", "renamed")
                                .replace("Sat, 21", "yesterday, 21")));

        assertThat(ids(read(null))).containsExactly("SM3", "SM2", "SM1");
    }

    @Test
    void whatCameInIsNotSentAndWhatHasNoIdIsNothing() {
        twilio.answers(
                200,
                page(
                        null,
                        message("SM3", "sent", "null", "10:00:00").replace("outbound-api", "outbound-reply"),
                        message("SM2", "received", "null", "10:00:00").replace("outbound-api", "inbound"),
                        message("+447700900123", "sent", "null", "10:00:00"),
                        "17",
                        "null"));

        assertThat(ids(read(null))).containsExactly("SM3");
    }

    @Test
    void theNextPageIsReadWhereTheOneBeforeSaid() {
        String next = LIST + "DateSent%3E=2026-11-21T10%3A00%3A00Z&PageSize=200&Page=1&PageToken=PASM1";
        twilio.answers(200, page(next, message("SM2", "sent", "null", "10:30:00")));
        twilio.answers(200, page(null, message("SM1", "sent", "null", "10:20:00")));

        LogAnswer first = read(null);
        assertThat(first.<@Nullable String>fold(LogAnswer.Page::next, failed -> failed.detail()))
                .isEqualTo(next);
        assertThat(ids(read(next))).containsExactly("SM1");
        twilio.taken();
        assertThat(twilio.taken().target()).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example/2010-04-01/Accounts/x/Messages.json?",
                "//evil.example/next",
                "@evil.example/next",
                ".evil.example/next",
                ":80@evil.example/next",
                "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json?Page=1",
                "/2010-04-01/Accounts/OURS/Messages.json/../Calls.json?Page=1",
                "/2010-04-01/Accounts/OURS/Calls.json?Page=1",
                "/2010-04-01/Accounts/OURS/Messages.json?Page=1#x",
                "/2010-04-01/Accounts/OURS/Messages.json?Page=1 HTTP/1.1",
                "/2010-04-01/Accounts/OURS/Messages.json?Page=1\r\nX: y"
            })
    void theCredentialsGoNowhereElseWhateverACursorOrAnAnswerSays(String address) {
        String cursor = address.replace("OURS", Accounts.ACCOUNT_SID);
        assertThat(read(cursor)).isEqualTo(new LogAnswer.Failed(null, ELSEWHERE, null));
        assertThat(twilio.requests()).isZero();

        if (!cursor.isEmpty()) { // which would be a last page
            twilio.answers(200, page(cursor.replace("\r\n", "\\r\\n")));
            assertThat(read(null)).isEqualTo(new LogAnswer.Failed(null, ELSEWHERE, null));
        }
    }

    @Test
    void aCursorOfAnyLengthIsRefused() {
        assertThat(read(LIST + "x".repeat(2_000))).isEqualTo(new LogAnswer.Failed(null, ELSEWHERE, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"messages\":null}", "<html>", "[]", "{\"messages\":[{\"sid\":"})
    void anAnswerThatIsNoListIsAFailure(String body) {
        twilio.answers(200, body);

        assertThat(read(null)).isEqualTo(new LogAnswer.Failed("200", "the answer is no message list", null));
    }

    @Test
    void aFailureSaysWhenToComeBack() {
        twilio.answers(429, "{\"code\":20429}", "Retry-After", "3");

        assertThat(read(null)).isEqualTo(new LogAnswer.Failed("429", "answered 429", Duration.ofSeconds(3)));
    }

    @Test
    void anyTimesCanBeAskedFor() {
        twilio.answers(200, page(null));

        try (TwilioProvider provider = Accounts.provider(twilio)) {
            assertThat(provider.readLog(Instant.MIN, Instant.MAX, null)).isInstanceOf(LogAnswer.Page.class);
        }
        Form query = Form.queryOf(twilio.taken().target());
        assertThat(query.first("DateSent>")).contains("2000-01-01T00:00:00");
        assertThat(query.first("DateSent<")).contains("9999-12-31T00:00:00");
    }

    private LogAnswer read(@Nullable String cursor) {
        try (TwilioProvider provider = Accounts.provider(twilio)) {
            return provider.readLog(FROM, UNTIL, cursor);
        }
    }

    private static List<String> ids(LogAnswer answer) {
        assertThat(answer).isInstanceOf(LogAnswer.Page.class);
        return ((LogAnswer.Page) answer)
                .receipts().stream().map(Receipt::providerMessageId).toList();
    }

    private static String page(@Nullable String next, String... messages) {
        return "{\"messages\":[" + String.join(",", messages) + "],\"next_page_uri\":"
                + (next == null ? "null" : "\"" + next + "\"") + "}";
    }

    private static String message(String sid, String status, String errorCode, String sent) {
        return """
                {"sid":"%s","status":"%s","error_code":%s,"direction":"outbound-api","body":"Hello",\
                "date_created":"Sat, 21 Nov 2026 09:59:00 +0000","date_sent":"Sat, 21 Nov 2026 %s +0000",\
                "date_updated":"Sat, 21 Nov 2026 10:59:59 +0000"}"""
                .formatted(sid, status, errorCode, sent);
    }
}
