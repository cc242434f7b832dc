package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Dates as Infobip writes them, {@code 2019-11-09T16:00:00.000+0100}: without the colon in the offset that ISO 8601 has
 * in Java (https://www.infobip.com/docs/developer-resources/api-fundamentals/api-requests-and-responses.md, read
 * 2026-11).
 */
final class InfobipDates {
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT);

    /** Read with colon, with Z and without fraction too. */
    private static final DateTimeFormatter READ =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]", Locale.ROOT);

    private InfobipDates() {}

    /** As a query parameter, in UTC: {@code +0000}, as {@code Z} is not of the documented form. */
    static String write(Instant at) {
        return WRITTEN.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Null where it is absent or cannot be read. */
    static @Nullable Instant read(JsonNode node, String field) {
        @Nullable String text = Json.text(node, field);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text, READ).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
