package io.github.smsdispatch.http;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings that every provider over HTTP has, and how their values are read. */
public final class HttpSettings {
    private static final String NEVER = "never";

    /** The engine's lease grows with it, and with the lease the wait after a crash. */
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    /** By name or address, so that nothing needs to be looked up: RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291. */
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]", Pattern.CASE_INSENSITIVE);

    /** Refuses a blank value. */
    public static final ProviderSetting.Check NOT_BLANK = value -> value.isBlank() ? "must not be blank" : null;

    private HttpSettings() {}

    /** {@code timeout}: the deadline of one call; ten seconds by default, ten minutes at most. */
    public static ProviderSetting timeout() {
        return ProviderSetting.optional("timeout", "how long one call may take as a whole, ISO 8601 such as PT10S")
                .orElse("PT10S")
                .parsedBy(HttpSettings::deadline, "a positive ISO 8601 duration such as PT10S, at most " + MAX_TIMEOUT);
    }

    /** {@code receipt-patience}: how long to wait for a receipt before asking; two minutes by default. */
    public static ProviderSetting receiptPatience() {
        return ProviderSetting.optional(
                        "receipt-patience", "how long to wait for a receipt before asking, ISO 8601 such as PT2M")
                .orElse("PT2M")
                .parsedBy(HttpSettings::positive, "a positive ISO 8601 duration such as PT2M");
    }

    /** {@code absence-proof}: after how long absence from the provider's log proves that nothing was taken. */
    public static ProviderSetting absenceProof(String fallback) {
        return ProviderSetting.optional(
                        "absence-proof",
                        "how long after a hand-over its absence from the provider's log proves that it was not taken,"
                                + " ISO 8601 such as PT10M, or never")
                .orElse(fallback)
                .parsedBy(HttpSettings::durationOrNever, "never or a positive ISO 8601 duration such as PT10M");
    }

    /**
     * A base URL with a default; an https URL without query. Also an http URL to this machine, such as that of a simulator: to
     * any other, credentials, numbers and texts would travel in clear.
     */
    public static ProviderSetting baseUrl(String key, String fallback) {
        ProviderSetting setting = ProviderSetting.optional(key, "where the API is, for a simulator or a region")
                .orElse(fallback);
        ProviderSetting.Check form = setting.parsedBy(
                        HttpSettings::plainUrl, "an http or https URL without query, such as " + fallback)
                .check();
        return setting.checkedBy(notInClear(form, "credentials and texts"));
    }

    private static ProviderSetting.Check notInClear(ProviderSetting.Check form, String what) {
        return value -> {
            @Nullable String problem = form.problemWith(value);
            return problem == null && isInClear(URI.create(value))
                    ? "must begin with https, unless it leads to this machine (localhost, 127.0.0.1, [::1]): with http, "
                            + what + " could be read on the way"
                    : problem;
        };
    }

    private static void plainUrl(String value) {
        URI url = webUrl(value);
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("has a query or fragment");
        }
    }

    private static boolean isInClear(URI url) {
        return url.getScheme().equalsIgnoreCase("http")
                && !LOOPBACK.matcher(url.getHost()).matches();
    }

    /**
     * {@code callback-url}: where the provider calls us back; https, or http to this machine: what comes there holds numbers,
     * and where the provider cannot sign it, the URL holds a secret.
     */
    public static ProviderSetting callbackUrl(int maxLength) {
        return callbackUrl(
                value -> boundedUrl(value, maxLength), "an http or https URL of at most " + maxLength + " characters");
    }

    /** As {@link #callbackUrl(int)}, for a module that adds a parameter to the query: one of that name would hide it. */
    public static ProviderSetting callbackUrl(int maxLength, String addedParameter) {
        return callbackUrl(
                value -> {
                    boundedUrl(value, maxLength);
                    if (Form.queryOf(value).has(addedParameter)) {
                        throw new IllegalArgumentException("has our parameter");
                    }
                },
                "an http or https URL of at most " + maxLength + " characters without a query parameter "
                        + addedParameter + ", which is added to it");
    }

    private static ProviderSetting callbackUrl(Consumer<String> parse, String form) {
        ProviderSetting setting =
                ProviderSetting.optional("callback-url", "public URL to which the provider reports deliveries");
        return setting.checkedBy(
                notInClear(setting.parsedBy(parse, form).check(), "numbers, and the secret of an unsigned webhook,"));
    }

    /** The value of {@link #timeout}. */
    public static Duration timeout(ProviderSettings settings) {
        return deadline(settings.get("timeout"));
    }

    /** The value of {@link #receiptPatience}. */
    public static Duration receiptPatience(ProviderSettings settings) {
        return positive(settings.get("receipt-patience"));
    }

    /**
     * The value of {@link #absenceProof}; null: absence never proves anything.
     *
     * @throws ConfigurationException if it is shorter than the {@link #timeout}, where there is one: a provider that takes its
     *     time to answer may take as long to write its log
     */
    public static @Nullable Duration absenceProof(ProviderSettings settings) {
        Duration proof = durationOrNever(settings.get("absence-proof"));
        String timeout = settings.find("timeout").orElse(null);
        if (proof != null && timeout != null && proof.compareTo(deadline(timeout)) < 0) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    "absence-proof",
                    "is " + proof + ", shorter than timeout, " + timeout
                            + ": what a slow provider has only just taken would be handed over again",
                    "make it longer, minutes rather than seconds, or never")));
        }
        return proof;
    }

    /** The value of a {@link #baseUrl}, without trailing slash. */
    public static String baseUrl(ProviderSettings settings, String key) {
        String value = settings.get(key);
        return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }

    /** The value of an {@code Authorization} header for HTTP Basic (RFC 7617, in UTF-8). */
    public static String basicAuth(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static Duration positive(String value) {
        Duration duration = Duration.parse(value);
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("not positive");
        }
        return duration;
    }

    private static Duration deadline(String value) {
        Duration duration = positive(value);
        if (duration.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("too long");
        }
        return duration;
    }

    private static @Nullable Duration durationOrNever(String value) {
        return value.equals(NEVER) ? null : positive(value);
    }

    private static void boundedUrl(String value, int maxLength) {
        webUrl(value);
        if (value.length() > maxLength) {
            throw new IllegalArgumentException("too long");
        }
    }

    private static URI webUrl(String value) {
        URI url = URI.create(value);
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException("no web URL");
        }
        return url;
    }
}
