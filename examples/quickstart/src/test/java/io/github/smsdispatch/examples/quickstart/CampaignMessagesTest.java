package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.store.EnqueueResult;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The rows of a campaign file")
class CampaignMessagesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String LONG = "Boil the water. ".repeat(100);

    private final RowErrors errors = new RowErrors();
    private final Agenda agenda = new Agenda();

    @Test
    @DisplayName("become one message for each recipient")
    void recipients() {
        List<Message> messages = read(row("Hi", "+12025550101, +12025550102", "water", "tomorrow"));

        assertThat(messages)
                .extracting(message -> message.recipient().e164(), Message::text, Message::campaign, Message::dueAt)
                .containsExactly(
                        tuple("+12025550101", "Hi", "water", Instant.parse("2026-11-22T00:00:00Z")),
                        tuple("+12025550102", "Hi", "water", Instant.parse("2026-11-22T00:00:00Z")));
        assertThat(errors.count()).isZero();
        assertThat(agenda.isDue(Instant.parse("2026-11-22T00:00:00Z"))).isTrue();
    }

    @Test
    @DisplayName("become several messages where the text is too long, and nothing of the text is lost")
    void split() {
        List<Message> messages = read(row(LONG, "+12025550101", "", ""));

        assertThat(messages).hasSize(2).allMatch(message -> message.segments().count() <= 6);
        assertThat(messages.stream().map(Message::text).collect(Collectors.joining()))
                .isEqualTo(LONG);
        assertThat(messages)
                .extracting(message -> message.attributes().get("part"))
                .containsExactly("1/2", "2/2");
        assertThat(messages).extracting(Message::campaign).containsOnlyNulls();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|+12025550101|now|row 2, message: is empty",
                "'   '|+12025550101|now|row 2, message: is empty",
                "Hi|''|now|row 2, recepient_nos: is empty",
                "Hi|0770 0900123|now|row 2, recepient_nos: a phone number must begin with +"
                        + " and the country code (E.164)",
                "Hi|+1202555|now;|row 2, sending_time: is not a time such as 2027-05-01 08:30, now or tomorrow",
            })
    @DisplayName("that cannot be used are told with row, column and reason, and give no message")
    void unusable(String text, String numbers, String time, String error) {
        assertThat(read(row(text, numbers, "x", time))).isEmpty();
        assertThat(errors.first()).map(RowError::toString).contains(error);
    }

    @Test
    @DisplayName("with a text that no encoding can carry are told")
    void unpairedSurrogate() {
        assertThat(read(row("Hi \ud83c", "+12025550101", "x", ""))).isEmpty();
        assertThat(errors.first())
                .containsExactly(new RowError(2, "message", "text holds an unpaired surrogate at character 4"));
    }

    @Test
    @DisplayName("with a campaign name that is too long are told")
    void longCampaign() {
        assertThat(read(row("Hi", "+12025550101", "x".repeat(191), ""))).isEmpty();
        assertThat(errors.first()).containsExactly(new RowError(2, "campaign", "has more than 190 characters"));
    }

    @Test
    @DisplayName("with the wrong number of cells are told")
    void width() {
        assertThat(read(new CsvRow(2, "", "", "", "", 5))).isEmpty();
        assertThat(errors.first())
                .extracting(RowError::column, RowError::reason)
                .containsExactly(tuple("all columns", "has 5 cells instead of 4; a cell with a comma needs quotes"));
    }

    @Test
    @DisplayName("with one bad number among several lose only that recipient, and the number is not told")
    void oneBadNumber() {
        List<Message> messages = read(row("Hi", "+12025550101,+1202x55,+12025550103", "x", ""));

        assertThat(messages)
                .extracting(message -> message.recipient().e164())
                .containsExactly("+12025550101", "+12025550103");
        assertThat(errors.first()).singleElement().satisfies(error -> {
            assertThat(error.reason()).startsWith("number 2 of 3: ");
            assertThat(error.toString()).doesNotContain("+1202x55");
        });
    }

    @Test
    @DisplayName("after a bad one go on")
    void goOn() {
        assertThat(read(row("", "+12025550101", "x", ""), row("Hi", "+12025550102", "x", "")))
                .hasSize(1);
        assertThat(errors.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("loaded a second time, even on another day, are not stored again")
    void twice() {
        var store = new InMemoryMessageStore(InstantSource.fixed(NOW));
        CsvRow[] rows = {row("Hi", "+12025550101,+12025550102", "x", "tomorrow"), row(LONG, "+12025550103", "x", "")};

        List<EnqueueResult> first = store.enqueue(read(rows));
        List<EnqueueResult> second = store.enqueue(read(NOW.plusSeconds(90_000), rows));

        assertThat(first).hasSize(4).allMatch(EnqueueResult::added);
        assertThat(second).hasSize(4).noneMatch(EnqueueResult::added);
    }

    @Test
    @DisplayName("that are identical are stored once; those that differ in anything are different messages")
    void identical() {
        CsvRow row = row("Hi", "+12025550101", "x", "now");
        List<Message> messages = read(
                row,
                row,
                row("Ho", "+12025550101", "x", "now"),
                row("Hi", "+12025550102", "x", "now"),
                row("Hi", "+12025550101", "y", "now"),
                row("Hi", "+12025550101", "x", ""));

        assertThat(messages.stream().map(Message::idempotencyKey).distinct()).hasSize(5);
    }

    @Test
    @DisplayName("are read no sooner than they are needed")
    void lazy() {
        var taken = new ArrayList<CsvRow>();
        Iterator<CsvRow> endless = Stream.generate(() -> row("Hi", "+12025550101", "x", "now"))
                .peek(taken::add)
                .iterator();
        CampaignMessages messages = messages(NOW, endless);

        messages.next();
        messages.next();

        assertThat(taken).hasSizeLessThanOrEqualTo(3);
    }

    private static CsvRow row(String text, String numbers, String campaign, String time) {
        return new CsvRow(2, text, numbers, campaign, time, 0);
    }

    private List<Message> read(CsvRow... rows) {
        return read(NOW, rows);
    }

    private List<Message> read(Instant now, CsvRow... rows) {
        var messages = new ArrayList<Message>();
        messages(now, Arrays.asList(rows).iterator()).forEachRemaining(messages::add);
        return messages;
    }

    private CampaignMessages messages(Instant now, Iterator<CsvRow> rows) {
        return new CampaignMessages(rows, now, ZoneId.of("UTC"), 6, errors, agenda);
    }
}
