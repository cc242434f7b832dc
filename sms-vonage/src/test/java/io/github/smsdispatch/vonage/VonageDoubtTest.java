package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VonageDoubtTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T10:00:00.250Z");
    private static final AttemptId REFERENCE = AttemptId.create();

    private AnsweringServer vonage;

    @BeforeEach
    void startServer() {
        vonage = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        vonage.close();
    }

    @Test
    void theReportIsAskedForRecipientAndATimeThatTheClocksMayBeApart() throws Exception {
        vonage.answers(200, report(null, record("0A01", REFERENCE.toString())));

        find(Duration.ofSeconds(10));

        Form query = Form.queryOf(vonage.taken().target());
        assertThat(query.first("to")).contains("447700900123");
        assertThat(query.first("date_start")).contains("2026-11-21T04:00:00Z");
        assertThat(query.first("date_end")).contains("2026-11-21T16:00:11Z");
        assertThat(query.first("id")).isEmpty();
    }

    @Test
    void everyPartWithOurReferenceIsFoundAndNothingElse() {
        vonage.answers(
                200,
                report(
                        null,
                        record("0A01", REFERENCE.toString()),
                        record("0A09", AttemptId.create().toString()),
                        record("0A08", "not ours"),
                        record("0A02", REFERENCE.toString())));

        assertThat(ids(find(Duration.ofSeconds(10)))).containsExactly("0A01", "0A02");
    }

    @Test
    void absentIsSaidOnlyOfACompleteReport() {
        vonage.answers(200, report(null)).answers(200, report(null));
        assertThat(find(Duration.ofSeconds(10))).isEqualTo(new LookupAnswer.Absent());

        vonage.answers(200, report(null).replace("SUCCESS", "TRUNCATED"));
        assertThat(find(Duration.ofSeconds(10))).isEqualTo(new LookupAnswer.Unclear("the report is not complete"));
    }

    @Test
    void absenceIsSaidOnlyAfterTheOtherApiWasSearchedToo() {
        vonage.answers(200, report(null)).answers(200, report(null, record("u-1", REFERENCE.toString())));
        assertThat(ids(find(Duration.ofSeconds(10)))).containsExactly("u-1");
        assertThat(product()).contains("SMS");
        assertThat(product()).contains("MESSAGES");

        vonage.answers(200, report(null)).answers(403, "");
        assertThat(find(Duration.ofSeconds(10))).isEqualTo(new LookupAnswer.Failed("403", "answered 403", null));
    }

    @Test
    void aPageOfAThousandRecordsIsRead() {
        String[] records = IntStream.range(0, 1_000)
                .mapToObj(i -> record("0A%014X".formatted(i), i == 999 ? REFERENCE.toString() : "x".repeat(1_000)))
                .toArray(String[]::new);
        vonage.answers(200, report(null, records));

        assertThat(ids(find(Duration.ofSeconds(10)))).containsExactly("0A000000000003E7");
    }

    @Test
    void theNextPageIsAskedOfTheConfiguredHostWithOurOwnParameters() throws Exception {
        vonage.answers(200, report("https://evil.example/v2/other?account_id=other999&cursor=C%2B1&iv=I"));
        vonage.answers(200, report(null, record("0A01", REFERENCE.toString())));

        assertThat(ids(find(Duration.ofSeconds(10)))).containsExactly("0A01");
        String first = vonage.taken().target();
        assertThat(vonage.taken().target()).isEqualTo(first + "&cursor=C%2B1&iv=I");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.nexmo.com/", "%%%", "?cursor=%zz", "?cursor=", "http://[/?cursor= "})
    void aLinkThatNamesNoPlaceProvesNothing(String link) {
        vonage.answers(200, report(link));

        assertThat(find(Duration.ofSeconds(10)))
                .isEqualTo(new LookupAnswer.Failed("200", "the link to the next page leads nowhere", null));
    }

    @Test
    void aRecordThatCannotBeReadMayBeOursAndProvesNothing() {
        vonage.answers(200, report(null, "{\"client_ref\":\"" + REFERENCE + "\"}"));

        assertThat(find(Duration.ofSeconds(10)))
                .isEqualTo(new LookupAnswer.Failed("200", "a record of the report cannot be read", null));
    }

    @Test
    void whatTheMessagesApiSentIsLookedForAmongItsMessages() throws Exception {
        vonage.answers(200, report(null, record("u-1", REFERENCE.toString())));
        try (VonageProvider provider = Accounts.provider(vonage, "api", "messages")) {
            assertThat(ids(provider.find(attempt(Duration.ofSeconds(10))))).containsExactly("u-1");
        }

        assertThat(product()).contains("MESSAGES");
    }

    private Optional<String> product() {
        return Form.queryOf(vonage.taken().target()).first("product");
    }

    @Test
    void aPageThatFailsProvesNothing() {
        vonage.answers(
                200, report("https://api.nexmo.com/v2/reports/records?cursor=1", record("0A01", REFERENCE.toString())));
        vonage.answers(500, "");

        assertThat(find(Duration.ofSeconds(10))).isEqualTo(new LookupAnswer.Failed("500", "answered 500", null));
    }

    @Test
    void aPageThatLeadsToItselfProvesNothing() {
        String page = report("https://api.nexmo.com/v2/reports/records?cursor=1");
        vonage.answers(200, page).answers(200, page);

        assertThat(find(Duration.ofSeconds(10)))
                .isEqualTo(new LookupAnswer.Failed("200", "the link to the next page leads nowhere", null));
    }

    @Test
    void aReportWithoutEndProvesNothing() {
        for (int page = 0; page < 20; page++) {
            vonage.answers(200, report("https://api.nexmo.com/v2/reports/records?cursor=" + page));
        }

        assertThat(find(Duration.ofSeconds(10)))
                .isEqualTo(new LookupAnswer.Unclear("the report has more than 20 pages"));
    }

    @Test
    void aTimeLongerThanADayIsAskedForInPieces() throws Exception {
        vonage.answers(200, report(null)).answers(200, report(null, record("0A01", REFERENCE.toString())));

        assertThat(ids(find(Duration.ofHours(30)))).containsExactly("0A01");

        Form first = Form.queryOf(vonage.taken().target());
        Form second = Form.queryOf(vonage.taken().target());
        assertThat(first.first("date_end")).contains("2026-11-22T04:00:00Z");
        assertThat(second.first("date_start")).contains("2026-11-22T04:00:00Z");
        assertThat(second.first("date_end")).contains("2026-11-22T22:00:01Z");
    }

    private LookupAnswer find(Duration lasted) {
        try (VonageProvider provider = Accounts.provider(vonage)) {
            return provider.find(attempt(lasted));
        }
    }

    private static DoubtfulAttempt attempt(Duration lasted) {
        return new DoubtfulAttempt(
                REFERENCE,
                PhoneNumber.parse("+447700900123"),
                null,
                "Hello",
                Segments.of("Hello"),
                STARTED,
                STARTED.plus(lasted));
    }

    private static List<String> ids(LookupAnswer answer) {
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        return ((LookupAnswer.Found) answer)
                .receipts().stream().map(Receipt::providerMessageId).toList();
    }

    private static String record(String id, String clientRef) {
        return "{\"message_id\":\"" + id + "\",\"status\":\"delivered\",\"client_ref\":\"" + clientRef + "\"}";
    }

    private static String report(String next, String... records) {
        return "{\"request_status\":\"SUCCESS\",\"_links\":{\"next\":{\"href\":"
                + (next == null ? "null" : "\"" + next + "\"") + "}},\"records\":[" + String.join(",", records) + "]}";
    }
}
