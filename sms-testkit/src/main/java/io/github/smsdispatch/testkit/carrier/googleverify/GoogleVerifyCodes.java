package io.github.smsdispatch.testkit.carrier.googleverify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The codes that were issued: those whose texts were sent are in the books, the others and the times at which codes were
 * made useless are here, and lost with the simulator. A code is claimed when its text is delivered.
 */
final class GoogleVerifyCodes {
    static final Duration CODE_LIFE = Duration.ofMinutes(15);
    static final Duration LINK_LIFE = Duration.ofHours(24);

    /** Go's RFC1123, which names the zone as UTC. */
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.US)
            .withZone(ZoneOffset.UTC);

    /** The server pads every answer with 1 to 2 KB, base64. */
    static final String PADDING = "c2ltdWxhdG9y".repeat(120);

    private final CarrierBooks books;
    /** By reference in lower case; when it was issued. */
    private final Map<String, Instant> notSent = new ConcurrentHashMap<>();

    private final Map<String, Instant> madeUseless = new ConcurrentHashMap<>();

    GoogleVerifyCodes(CarrierBooks books) {
        this.books = books;
    }

    static String text(String uuid) {
        return "Your verification link: https://en.example/v?c=" + longCode(uuid);
    }

    boolean isKnown(String uuid) {
        return issuedAt(uuid) != null;
    }

    long issuedToday() {
        LocalDate today = day(books.now());
        return books.messages().stream()
                        .filter(message -> day(message.acceptedAt()).equals(today))
                        .count()
                + notSent.values().stream().filter(at -> day(at).equals(today)).count();
    }

    Declined alreadyKnown(String uuid) {
        return GoogleVerifyErrors.declined(GoogleVerifyErrors.KNOWN, "code for " + uuid + " already exists");
    }

    /** The answer for a code whose text was sent. */
    ObjectNode issued(CarrierMessage message) {
        return issued(message.id(), message.acceptedAt(), LINK_LIFE);
    }

    /**
     * Stores a code without sending a text.
     *
     * @param uuid empty: a new one
     * @param phone who the text in the answer is for; null: it holds none
     */
    ObjectNode withoutSending(String uuid, @Nullable String phone) {
        String id = uuid.isEmpty() ? UUID.randomUUID().toString() : uuid;
        Instant now = books.now();
        notSent.put(key(id), now);
        ObjectNode answer = issued(id, now, phone == null ? CODE_LIFE : LINK_LIFE);
        return phone == null ? answer : answer.put("generatedSMS", text(id)).put("phone", phone);
    }

    /** The answer to a question for the status of a code. */
    HttpAnswer status(String uuid) {
        Instant issuedAt = issuedAt(uuid);
        return issuedAt == null
                ? HttpAnswer.json(
                        404,
                        GoogleVerifyErrors.error(
                                "code_not_found", "code not found, it may have expired and been removed"))
                : HttpAnswer.json(200, times(uuid, issuedAt).put("claimed", isClaimed(uuid)));
    }

    /** Makes a code useless, once; the answer says from when it is. */
    HttpAnswer expire(String uuid) {
        Instant issuedAt = issuedAt(uuid);
        if (issuedAt == null) {
            return status(uuid);
        }
        if (isClaimed(uuid)) {
            return HttpAnswer.json(400, GoogleVerifyErrors.error(null, "bad request"));
        }
        Instant now = books.now();
        if (now.isBefore(issuedAt.plus(LINK_LIFE))) {
            madeUseless.putIfAbsent(key(uuid), now);
        }
        return HttpAnswer.json(200, times(uuid, issuedAt));
    }

    private boolean isClaimed(String uuid) {
        CarrierMessage message = books.find(uuid);
        if (message == null) {
            return false;
        }
        Instant end = madeUseless.get(key(uuid));
        Life.Step last = message.life().stepAt(end == null || end.isAfter(books.now()) ? books.now() : end);
        return last != null && last.state() == CarrierState.DELIVERED;
    }

    private @Nullable Instant issuedAt(String uuid) {
        CarrierMessage message = books.find(uuid);
        return message == null ? notSent.get(key(uuid)) : message.acceptedAt();
    }

    private ObjectNode times(String uuid, Instant issuedAt) {
        Instant end = madeUseless.get(key(uuid));
        return Json.object()
                .put(
                        "expiresAtTimestamp",
                        earlier(issuedAt.plus(CODE_LIFE), end).getEpochSecond())
                .put(
                        "longExpiresAtTimestamp",
                        earlier(issuedAt.plus(LINK_LIFE), end).getEpochSecond())
                .put("padding", PADDING);
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    private static ObjectNode issued(String uuid, Instant at, Duration linkLife) {
        Instant expiresAt = at.plus(CODE_LIFE);
        Instant longExpiresAt = at.plus(linkLife);
        return Json.object()
                .put("padding", "")
                .put("uuid", uuid)
                .put("code", code(uuid))
                .put("expiresAt", DATE.format(expiresAt))
                .put("expiresAtTimestamp", expiresAt.getEpochSecond())
                .put("longExpiresAt", DATE.format(longExpiresAt))
                .put("longExpiresAtTimestamp", longExpiresAt.getEpochSecond());
    }

    private static String code(String uuid) {
        return "%08d".formatted(Math.floorMod(key(uuid).hashCode(), 100_000_000));
    }

    private static String longCode(String uuid) {
        return "%016x".formatted(UUID.fromString(uuid).getLeastSignificantBits());
    }

    private static String key(String uuid) {
        return uuid.toLowerCase(Locale.ROOT);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
