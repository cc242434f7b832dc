package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VonageLogTest {
    private static final Instant FROM = Instant.parse("2026-11-19T10:00:00.250Z");
    private static final Instant UNTIL = Instant.parse("2026-11-21T12:00:00.750Z");

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
    void isReadADayAtATimeAndPageByPage() {
        vonage.answers(200, report("C+1 ", "A1"));
        vonage.answers(200, report(null, "A2"));
        vonage.answers(200, report(null));
        vonage.answers(200, report(null, "A3"));

        assertThat(readAll(FROM, UNTIL)).containsExactly("A1", "A2", "A3");

        Form first = asked();
        Form second = asked();
        Form third = asked();
        Form last = asked();
        assertThat(first.first("date_start")).contains("2026-11-19T10:00:00Z");
        assertThat(first.first("date_end")).contains("2026-11-20T10:00:00Z");
        assertThat(first.first("direction")).contains("outbound");
        assertThat(first.has("cursor")).isFalse();
        assertThat(second.encode())
                .isEqualTo(first.with("cursor", "C+1 ").with("iv", "I=").encode());
        assertThat(third.first("date_start")).contains("2026-11-20T10:00:00Z");
        assertThat(third.has("cursor")).isFalse();
        assertThat(last.first("date_end")).contains("2026-11-21T12:00:01Z");
    }

    @Test
    void ofTheMessagesApiOnlyWhatWentAsSmsIsRead() {
        vonage.answers(200, report(null));
        try (VonageProvider provider = Accounts.provider(vonage, "api", "messages")) {
            provider.readLog(UNTIL.minusSeconds(60), UNTIL, null);
        }

        Form query = asked();
        assertThat(query.first("product")).contains("MESSAGES");
        assertThat(query.first("provider")).contains("sms");
    }

    @Test
    void aWindowThatIsTooMuchIsReadInHalves() {
        vonage.answers(200, report(null, "A1").replace("SUCCESS", "TRUNCATED"));
        vonage.answers(200, report(null, "A1"));
        vonage.answers(200, report(null, "A2"));

        assertThat(readAll(UNTIL.minus(Duration.ofHours(2)), UNTIL)).containsExactly("A1", "A1", "A2");

        assertThat(asked().first("date_start")).contains("2026-11-21T10:00:00Z");
        assertThat(asked().first("date_end")).contains("2026-11-21T11:00:00Z");
        assertThat(asked().first("date_start")).contains("2026-11-21T11:00:00Z");
    }

    @Test
    void aSecondThatIsTooMuchCannotBeRead() {
        vonage.answers(200, report(null, "A1").replace("SUCCESS", "TRUNCATED"));

        assertThat(read(UNTIL.minusMillis(500), UNTIL, null))
                .isEqualTo(new LogAnswer.Failed("200", "the report of one second is not complete", null));
    }

    @Test
    void aPageThatFailsMayBeAskedForAgain() {
        vonage.answers(429, "", "Retry-After", "3");

        assertThat(read(FROM, UNTIL, null))
                .isEqualTo(new LogAnswer.Failed("429", "answered 429", Duration.ofSeconds(3)));
    }

    @Test
    void noTimeHasNoPages() {
        assertThat(read(FROM, FROM.minusSeconds(1), null)).isEqualTo(new LogAnswer.Page(List.of(), null));
        assertThat(vonage.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1600000000+86400",
                "99999999999+86400",
                "999999999999+1",
                "1795082400+86401",
                "1795082400+0",
                "1795082400+86400?cursor=%zz",
                "https://evil.example/"
            })
    void aCursorThatIsNoneOfThisLogIsNotFollowed(String cursor) {
        assertThat(read(FROM, UNTIL, cursor))
                .isEqualTo(new LogAnswer.Failed(null, "the cursor is none of this log and this time", null));
        assertThat(vonage.requests()).isZero();
    }

    private List<String> readAll(Instant from, Instant until) {
        var ids = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            LogAnswer answer = read(from, until, cursor);
            assertThat(answer).isInstanceOf(LogAnswer.Page.class);
            LogAnswer.Page page = (LogAnswer.Page) answer;
            page.receipts().stream().map(Receipt::providerMessageId).forEach(ids::add);
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private LogAnswer read(Instant from, Instant until, @Nullable String cursor) {
        try (VonageProvider provider = Accounts.provider(vonage)) {
            return provider.readLog(from, until, cursor);
        }
    }

    private Form asked() {
        return Form.queryOf(vonage.taken().target());
    }

    private static String report(@Nullable String cursor, String... ids) {
        var records = new ArrayList<String>();
        for (String id : ids) {
            records.add("{\"message_id\":\"" + id + "\",\"status\":\"delivered\"}");
        }
        String links = cursor == null
                ? "{}"
                : "{\"next\":{\"href\":\"https://api.nexmo.com/v2/reports/sms/records?cursor=other\"}},\"cursor\":\""
                        + cursor + "\",\"iv\":\"I=\"";
        return "{\"request_status\":\"SUCCESS\",\"_links\":" + links + ",\"records\":[" + String.join(",", records)
                + "]}";
    }
}
