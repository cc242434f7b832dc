package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import io.github.smsdispatch.text.Encoding;
import io.github.smsdispatch.text.Segments;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a request to {@code /sms/json} and finds what Vonage would find wrong with it: statuses inside HTTP 200. */
final class VonageSubmissions {
    private static final int MAX_TEXT = 3200;
    private static final int MAX_CALLBACK = 100;
    private static final int MAX_CLIENT_REF = 100;
    private static final long MIN_TTL_MILLIS = 20_000;
    private static final long MAX_TTL_MILLIS = 604_800_000;
    private static final long DEFAULT_TTL_MILLIS = 259_200_000;
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private static final Pattern TO = Pattern.compile("[1-9][0-9]{6,14}");
    private static final Pattern FROM = Pattern.compile("[0-9]{3,15}|[\\p{Alnum} ._&'-]{1,11}");

    private final VonageCredentials credentials;
    private final CarrierBooks books;

    VonageSubmissions(VonageCredentials credentials, CarrierBooks books) {
        this.credentials = credentials;
        this.books = books;
    }

    static HttpAnswer error(String status, String text) {
        ObjectNode body = Json.object().put("message-count", "1");
        body.putArray("messages").addObject().put("status", status).put("error-text", text);
        return HttpAnswer.json(200, body);
    }

    Reading read(HttpCall call) {
        Form form = call.allParameters();
        Reading stranger = checkCaller(call, form);
        if (stranger != null) {
            return stranger;
        }
        String to = form.get("to");
        String from = form.get("from");
        String text = form.get("text");
        if (to == null || from == null || text == null) {
            return refused("2", "Missing " + (to == null ? "to" : from == null ? "from" : "text") + " param");
        }
        Reading invalid = checkParameters(form, to, from, text);
        if (invalid != null) {
            return invalid;
        }
        String recipient = "+" + to;
        if (books.isOptedOut(recipient, from)) {
            return refused("7", "Number barred");
        }
        boolean unicode = "unicode".equals(form.get("type"));
        String sent = unicode ? text : mangled(text);
        return Reading.submission(new Draft(
                recipient,
                from,
                null,
                sent,
                parts(sent, unicode),
                form.get("client-ref"),
                form.get("callback"),
                Duration.ofMillis(Long.parseLong(form.getOrElse("ttl", String.valueOf(DEFAULT_TTL_MILLIS))))));
    }

    private @Nullable Reading checkCaller(HttpCall call, Form form) {
        String signature = form.get("sig");
        if (signature != null) {
            if (form.get("api_secret") != null || call.hasBasicAuth()) {
                return refused("32", "Signature And API Secret Disallowed");
            }
            return isSigned(form, signature) ? null : refused("14", "Invalid Signature");
        }
        boolean known = call.hasBasicAuth()
                ? call.isFrom(credentials.apiKey(), credentials.apiSecret())
                : credentials.apiKey().equals(form.get("api_key"))
                        && credentials.apiSecret().equals(form.get("api_secret"));
        return known ? null : refused("4", "Bad Credentials");
    }

    private boolean isSigned(Form form, String signature) {
        String secret = credentials.signatureSecret();
        if (secret == null || !credentials.apiKey().equals(form.get("api_key"))) {
            return false;
        }
        try {
            Instant signed = Instant.ofEpochSecond(Long.parseLong(form.getOrElse("timestamp", "")));
            if (Duration.between(signed, books.now()).abs().compareTo(MAX_CLOCK_SKEW) > 0) {
                return false;
            }
        } catch (NumberFormatException e) {
            return false;
        }
        String expected = VonageSignature.of(form.asMap(), secret, credentials.signatureMethod());
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable Reading checkParameters(Form form, String to, String from, String text) {
        if (!TO.matcher(to).matches()) {
            return refused("3", "Invalid value for param: to");
        }
        if (!FROM.matcher(from).matches()) {
            return refused("3", "Invalid value for param: from");
        }
        if (text.length() > MAX_TEXT) {
            return refused("12", "Message too long");
        }
        if (!Set.of("text", "unicode").contains(form.getOrElse("type", "text"))) {
            return refused("3", "Invalid value for param: type");
        }
        if (form.getOrElse("client-ref", "").length() > MAX_CLIENT_REF) {
            return refused("3", "Invalid value for param: client-ref");
        }
        if (form.getOrElse("callback", "").length() > MAX_CALLBACK) {
            return refused("23", "Invalid Callback URL");
        }
        try {
            long ttl = Long.parseLong(form.getOrElse("ttl", String.valueOf(DEFAULT_TTL_MILLIS)));
            if (ttl >= MIN_TTL_MILLIS && ttl <= MAX_TTL_MILLIS) {
                return null;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        return refused("3", "Invalid value for param: ttl");
    }

    /** What happens to characters outside GSM-7 when the client does not ask for unicode: Vonage does not choose by itself. */
    private static String mangled(String text) {
        var result = new StringBuilder();
        text.codePoints().forEach(c -> {
            String character = Character.toString(c);
            result.append(Segments.of(character).encoding() == Encoding.GSM_7 ? character : "?");
        });
        return result.toString();
    }

    /** Unicode counts in 16-bit units even where GSM-7 would have done. */
    private static int parts(String text, boolean unicode) {
        Segments segments = Segments.of(text);
        if (!unicode || segments.encoding() == Encoding.UCS_2) {
            return segments.count();
        }
        int units = text.length();
        int perPart = Encoding.UCS_2.unitsPerPart();
        return units <= Encoding.UCS_2.unitsAlone() ? 1 : (units + perPart - 1) / perPart;
    }

    private static Reading refused(String status, String text) {
        return Reading.refused("vonage " + status, error(status, text));
    }
}
