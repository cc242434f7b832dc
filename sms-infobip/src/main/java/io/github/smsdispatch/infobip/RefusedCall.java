package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that Infobip refused as a whole, because of one or some of its messages, as it documents of 400. None was
 * taken. Those that it names are refused; the others are not to blame, and come back: soon where the culprits are named, so
 * that the next request goes without them, and spread where they are not ({@link Outcomes#together}). If it is about the
 * webhooks, the settings are to blame and no message is. Nothing is sent again in smaller pieces from here: only the engine
 * repeats a hand-over.
 *
 * <p>413 is not documented: it says by its definition (RFC 9110 section 15.5.14) that the request was too large, so that
 * smaller ones may pass, and names nobody, whatever else the body says.
 */
final class RefusedCall {
    /** How soon those that are not to blame come back: at once, but not in a tight loop. */
    private static final Duration COME_BACK = Duration.ofMillis(100);

    private static final String TOO_LARGE = "413";

    /** Where in the request something is wrong, such as {@code messages[3].destinations[0].to}. */
    private static final Pattern MESSAGE =
            Pattern.compile("^(?:[A-Za-z]+\\.)?messages\\[([0-9]{1,4})](\\.webhooks\\b)?");

    private final Refused refusal;
    private final int size;
    private final BitSet named = new BitSet();
    private boolean aboutWebhooks;

    /**
     * @param refusal what the HTTP status alone says
     * @param body of the answer
     * @param size how many messages the request had
     */
    RefusedCall(Refused refusal, String body, int size) {
        this.refusal = refusal;
        this.size = size;
        read(Json.read(body));
    }

    /** What it means for the message that was at this place of the request. */
    Refused of(int place) {
        if (aboutWebhooks) {
            return Refused.because(
                    FailureReason.ACCOUNT, refusal.code(), "refused for its webhooks: check callback-url");
        }
        if (size == 1) {
            return refusal;
        }
        if (TOO_LARGE.equals(refusal.code())) {
            return Outcomes.together(refusal, "not taken: the request was too large, lower batch-size");
        }
        if (named.get(place)) {
            return refusal;
        }
        return named.isEmpty()
                ? Outcomes.together(refusal, "not taken: the request was refused, for one of its messages or for all")
                : new Refused(
                        FailureReason.THROTTLED,
                        refusal.code(),
                        "not taken: another message of the same request was refused, and with it all",
                        COME_BACK);
    }

    /** Of version 3 of the API in {@code violations}, of older ones in {@code validationErrors}. */
    private void read(JsonNode body) {
        for (JsonNode violation : body.path("violations")) {
            note(Json.text(violation, "property"));
        }
        JsonNode old = body.path("requestError").path("serviceException").path("validationErrors");
        for (Map.Entry<String, JsonNode> field : old.properties()) {
            note(field.getKey());
        }
    }

    private void note(@Nullable String property) {
        Matcher message = MESSAGE.matcher(property == null ? "" : property);
        if (message.find()) {
            int place = Integer.parseInt(message.group(1));
            aboutWebhooks |= message.group(2) != null;
            if (place < size) {
                named.set(place);
            }
        }
    }
}
