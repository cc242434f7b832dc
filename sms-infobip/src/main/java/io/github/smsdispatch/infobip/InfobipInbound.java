package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.InboundText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text that somebody sent to one of the account's numbers (OpenAPI document of Infobip's SMS API 3.210.0, read
 * 2026-11). Long ones come in one piece. Infobip tells of a STOP in no other way. Thread-safe.
 */
final class InfobipInbound {
    private static final int MAX_ID = 200;

    private final ProviderAccount account;

    InfobipInbound(ProviderAccount account) {
        this.account = account;
    }

    /** The text in an entry; empty where it lacks its id, its sender or its receiver. */
    Optional<InboundText> of(JsonNode entry) {
        @Nullable String id = Json.text(entry, "messageId");
        @Nullable String from = Json.text(entry, "from");
        @Nullable String to = Json.text(entry, "to");
        if (id == null || id.length() > MAX_ID || from == null || to == null) {
            return Optional.empty();
        }
        return Optional.of(new InboundText(
                account,
                id,
                person(from),
                number(to),
                entry.path("text").asText(""),
                null,
                InfobipDates.read(entry, "receivedAt")));
    }

    /**
     * Who texts is a person, whose number comes without plus sign and may have as few as 7 digits. A code of that length
     * that sends texts is taken for one too: a STOP must not be lost.
     */
    private static String person(String address) {
        return address.matches("[1-9][0-9]{6,14}") ? "+" + address : address;
    }

    /** One of ours: up to eight digits may be a short code and are left as they are. */
    private static String number(String address) {
        return address.matches("[1-9][0-9]{8,14}") ? "+" + address : address;
    }
}
