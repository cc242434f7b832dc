package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Isolated because the default time zone belongs to the whole process. */
@Isolated
abstract class TimeContract extends StoreRules {
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    @DisplayName("the store's time is that of its clock, in whole microseconds")
    void now() {
        assertEquals(StoreFixture.START, store().now());
        fixture().advance(Duration.ofNanos(1_999));
        assertEquals(StoreFixture.START.plusNanos(1_000), store().now());
    }

    @Test
    @DisplayName("due times keep their microseconds and lose what is smaller")
    void microseconds() {
        Instant dueAt = Instant.parse("2026-12-31T23:59:59.999999999Z");
        MessageId id = fixture().put(fixture().message().dueAt(dueAt).validity(Duration.ofSeconds(1)));

        assertEquals(Instant.parse("2026-12-31T23:59:59.999999Z"), status(id).dueAt());
        assertEquals(Instant.parse("2027-01-01T00:00:00.999999Z"), status(id).expiresAt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"})
    @DisplayName("neither the zone of the process nor its daylight saving moves a time")
    void zones(String name) {
        TimeZone.setDefault(TimeZone.getTimeZone(name));

        // Clocks are put forward while the message lives: 02:00 to 03:30 local time does not exist everywhere.
        Instant dueAt = fixture().now().plus(Duration.ofMinutes(30));
        MessageId id = fixture().put(fixture().message().dueAt(dueAt));
        assertEquals(dueAt, status(id).dueAt());
        assertEquals(dueAt, store().nextWorkAt().orElseThrow());
        fixture().advance(Duration.ofMinutes(30));
        Attempt attempt = fixture().begin(id);
        fixture().accept(attempt, "A-1");
        assertEquals(fixture().now().plus(PAUSE), store().nextWorkAt().orElseThrow());
        fixture().advance(PAUSE);
        assertEquals(dueAt, fixture().claimSync(1).get(0).attempt().startedAt());
        fixture().report("A-1", ReceiptState.DELIVERED);

        assertEquals(
                List.of(StoreFixture.START, dueAt, dueAt, dueAt.plus(PAUSE)),
                store().history(id).stream().map(event -> event.at()).toList());
        assertEquals(dueAt.plus(PAUSE), status(id).updatedAt());
    }

    @Test
    @DisplayName("a time that is written in one zone reads the same in another")
    void changedZone() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        Instant dueAt = Instant.parse("2026-11-01T04:45:00.000001Z");
        MessageId id = fixture().put(fixture().message().dueAt(dueAt));

        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));

        assertEquals(dueAt, status(id).dueAt());
        assertEquals(StoreFixture.START, status(id).updatedAt());
    }
}
