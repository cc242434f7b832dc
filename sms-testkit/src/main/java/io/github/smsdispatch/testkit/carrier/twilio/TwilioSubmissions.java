package io.github.smsdispatch.testkit.carrier.twilio;

import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import io.github.smsdispatch.text.Segments;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the form of "create a message" and finds what Twilio would find wrong with it, in Twilio's codes. */
final class TwilioSubmissions {
    private static final int MAX_BODY = 1600;
    private static final int MAX_CALLBACK = 4000;
    private static final int MAX_VALIDITY_SECONDS = 36_000;

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern SENDER = Pattern.compile("\\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z0-9 ]{1,11}");
    private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");

    /** The magic numbers of Twilio's test credentials: the same outcome, whoever sends. */
    private static final Map<String, Integer> MAGIC_RECIPIENTS = Map.of(
            "+15005550001", 21211,
            "+15005550002", 21612,
            "+15005550003", 21408,
            "+15005550004", 21610,
            "+15005550009", 21614);

    private static final Map<String, Integer> MAGIC_SENDERS = Map.of(
            "+15005550000", 21606,
            "+15005550001", 21212,
            "+15005550007", 21606,
            "+15005550008", 21611);

    private final CarrierBooks books;

    TwilioSubmissions(CarrierBooks books) {
        this.books = books;
    }

    Reading read(Form form) {
        String to = form.get("To");
        String from = form.get("From");
        String service = form.get("MessagingServiceSid");
        String body = form.get("Body");
        if (to == null) {
            return refused(21604, "A 'To' phone number is required.");
        }
        if (from == null && service == null) {
            return refused(21603, "A 'From' phone number is required.");
        }
        if (body == null) {
            return refused(21602, "Message body is required.");
        }
        if (body.length() > MAX_BODY) {
            return refused(21617, "The concatenated message body exceeds the 1600 character limit");
        }
        Integer code = numberProblem(to, from, service);
        if (code != null) {
            // Twilio's own messages repeat the number, and so does this one: clients must not log it as it is.
            return TwilioDialect.refused(code == 21611 ? 429 : 400, code, "Error " + code + " with 'To' number " + to);
        }
        Duration validity = validity(form.getOrElse("ValidityPeriod", String.valueOf(MAX_VALIDITY_SECONDS)));
        if (validity == null) {
            return refused(21624, "ValidityPeriod must be between 1 and 36000 seconds");
        }
        String callback = form.get("StatusCallback");
        if (callback != null && !isCallback(callback)) {
            return refused(21609, "The 'StatusCallback' URL is not a valid URL.");
        }
        return Reading.submission(
                new Draft(to, from, service, body, Segments.of(body).count(), reference(callback), callback, validity));
    }

    private @Nullable Integer numberProblem(String to, @Nullable String from, @Nullable String service) {
        if (!NUMBER.matcher(to).matches()) {
            return 21211;
        }
        if (service != null && !SERVICE.matcher(service).matches()) {
            return 21705;
        }
        if (from != null && !SENDER.matcher(from).matches()) {
            return 21212;
        }
        if (to.equals(from)) {
            return 21266;
        }
        if (books.isOptedOut(to, from)) {
            return 21610;
        }
        Integer magic = MAGIC_RECIPIENTS.get(to);
        return magic == null && from != null ? MAGIC_SENDERS.get(from) : magic;
    }

    private static @Nullable Duration validity(String seconds) {
        try {
            int value = Integer.parseInt(seconds);
            return value < 1 || value > MAX_VALIDITY_SECONDS ? null : Duration.ofSeconds(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Twilio takes no host with an underscore, nor more than 4,000 characters. */
    private static boolean isCallback(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme();
            return url.length() <= MAX_CALLBACK
                    && ("http".equals(scheme) || "https".equals(scheme))
                    && uri.getHost() != null
                    && !uri.getHost().contains("_");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String reference(@Nullable String callback) {
        return callback == null
                ? null
                : Form.parse(URI.create(callback).getRawQuery()).get("ref");
    }

    private static Reading refused(int code, String message) {
        return TwilioDialect.refused(400, code, message);
    }
}
