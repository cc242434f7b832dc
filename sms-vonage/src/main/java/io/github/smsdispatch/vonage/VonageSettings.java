package io.github.smsdispatch.vonage;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an account is configured with. Shows nothing of it. */
final class VonageSettings {
    /** Parameter {@code callback} (OpenAPI document of the SMS API 1.5.1, read 2026-11). */
    private static final int MAX_CALLBACK_URL = 100;

    /** An application's id is a UUID. */
    private static final Pattern UUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    /**
     * Vonage repeats a webhook for up to 72 hours (https://api.support.vonage.com/hc/en-us/articles/226572227, read
     * 2026-11), and does not say whether a repeated one is signed anew. An hour more, for what is on its way.
     */
    private static final String DEFAULT_WEBHOOK_MAX_AGE = "PT73H";

    private static final Duration MAX_WEBHOOK_AGE = Duration.ofDays(30);

    /** When a new message shows in the Reports API is not documented; an hour is far more than is seen in practice. */
    private static final String DEFAULT_ABSENCE_PROOF = "PT1H";

    final ProviderAccount account;
    final Api api;
    final String apiKey;
    final String apiSecret;
    final Sender from;
    final @Nullable String applicationId;
    final @Nullable PrivateKey privateKey;
    final @Nullable String signatureSecret;
    final SignatureMethod signatureMethod;
    final boolean allowUnsignedWebhooks;
    final Duration webhookMaxAge;
    final @Nullable String callbackUrl;
    final String baseUrl;
    final String messagesBaseUrl;
    final String apiBaseUrl;
    final String insightsBaseUrl;
    final Duration timeout;
    final Duration receiptPatience;
    final @Nullable Duration absenceProof;

    VonageSettings(ProviderSettings settings) {
        this.account = settings.account();
        this.api = Api.named(settings.get("api"));
        this.apiKey = settings.get("api-key");
        this.apiSecret = settings.get("api-secret");
        this.from = Sender.of(settings.get("from"));
        this.applicationId = settings.find("application-id").orElse(null);
        this.privateKey =
                settings.find("private-key").map(ApplicationToken::key).orElse(null);
        this.signatureSecret = settings.find("signature-secret").orElse(null);
        this.signatureMethod = SignatureMethod.named(settings.get("signature-method"));
        this.allowUnsignedWebhooks = Boolean.parseBoolean(settings.get("allow-unsigned-webhooks"));
        this.webhookMaxAge = age(settings.get("webhook-max-age"));
        this.callbackUrl = settings.find("callback-url").orElse(null);
        this.baseUrl = HttpSettings.baseUrl(settings, "base-url");
        this.messagesBaseUrl = HttpSettings.baseUrl(settings, "messages-base-url");
        this.apiBaseUrl = HttpSettings.baseUrl(settings, "api-base-url");
        this.insightsBaseUrl = HttpSettings.baseUrl(settings, "insights-base-url");
        this.timeout = HttpSettings.timeout(settings);
        this.receiptPatience = HttpSettings.receiptPatience(settings);
        this.absenceProof = HttpSettings.absenceProof(settings);
        List<ConfigurationProblem> problems = contradictions();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private List<ConfigurationProblem> contradictions() {
        var problems = new ArrayList<ConfigurationProblem>();
        if (signatureSecret != null && allowUnsignedWebhooks) {
            problems.add(new ConfigurationProblem(
                    "allow-unsigned-webhooks",
                    "is true although signature-secret is set",
                    "leave one of the two out: webhooks are either verified or they are not"));
        }
        if (callbackUrl != null && signatureSecret == null && !allowUnsignedWebhooks) {
            problems.add(new ConfigurationProblem(
                    "callback-url",
                    "is set, but what comes there cannot be verified",
                    "set signature-secret, or allow-unsigned-webhooks=true if anybody may report deliveries"));
        }
        if (applicationId == null && privateKey != null) {
            problems.add(new ConfigurationProblem(
                    "private-key", "is set without application-id", "set both, or neither to use api-key and -secret"));
        }
        if (applicationId != null && privateKey == null) {
            problems.add(new ConfigurationProblem(
                    "application-id", "is set without private-key", "set both, or neither to use api-key and -secret"));
        }
        return problems;
    }

    private static Duration age(String value) {
        Duration age = Duration.parse(value);
        if (age.toSeconds() < 1 || age.compareTo(MAX_WEBHOOK_AGE) > 0) {
            throw new IllegalArgumentException("not an age of webhooks");
        }
        return age;
    }

    static List<ProviderSetting> declared() {
        return List.of(
                ProviderSetting.required("api-key", "API key from the Vonage dashboard")
                        .checkedBy(value ->
                                value.matches("[A-Za-z0-9]{1,32}") ? null : "must be 1 to 32 letters and digits"),
                ProviderSetting.required("api-secret", "API secret from the Vonage dashboard")
                        .asSecret()
                        .checkedBy(HttpSettings.NOT_BLANK),
                ProviderSetting.required("from", "default sender: a number, short code or name")
                        .parsedBy(Sender::of, "a number with + and country code, a short code or a name"),
                ProviderSetting.optional("api", "which of Vonage's APIs sends: " + Api.NAMES)
                        .orElse("sms")
                        .parsedBy(Api::named, "one of " + Api.NAMES),
                ProviderSetting.optional(
                                "application-id",
                                "application that the Messages API and Identity Insights are used with")
                        .checkedBy(value -> UUID_FORM.matcher(value).matches() ? null : "must be a UUID"),
                ProviderSetting.optional("private-key", "the application's private key, the PEM itself")
                        .asSecret()
                        .parsedBy(
                                ApplicationToken::key, "an RSA key as PEM that begins with BEGIN PRIVATE KEY (PKCS#8)"),
                ProviderSetting.optional("signature-secret", "secret with which Vonage signs webhooks")
                        .asSecret()
                        .checkedBy(HttpSettings.NOT_BLANK),
                ProviderSetting.optional(
                                "signature-method",
                                "how Vonage signs webhooks of the SMS API, as set in its dashboard: "
                                        + SignatureMethod.NAMES)
                        .orElse("md5hash")
                        .parsedBy(SignatureMethod::named, "one of " + SignatureMethod.NAMES),
                ProviderSetting.optional("allow-unsigned-webhooks", "true: believe webhooks that nobody signed")
                        .orElse("false")
                        .checkedBy(value -> value.matches("true|false") ? null : "must be true or false"),
                ProviderSetting.optional(
                                "webhook-max-age", "how old the signature of a webhook may be, ISO 8601 such as PT73H")
                        .orElse(DEFAULT_WEBHOOK_MAX_AGE)
                        .parsedBy(VonageSettings::age, "an ISO 8601 duration from PT1S to P30D"),
                HttpSettings.callbackUrl(MAX_CALLBACK_URL),
                HttpSettings.timeout(),
                HttpSettings.baseUrl("base-url", "https://rest.nexmo.com"),
                HttpSettings.baseUrl("messages-base-url", "https://api.nexmo.com"),
                HttpSettings.baseUrl("api-base-url", "https://api.nexmo.com"),
                HttpSettings.baseUrl("insights-base-url", "https://api-eu.vonage.com"),
                HttpSettings.absenceProof(DEFAULT_ABSENCE_PROOF),
                HttpSettings.receiptPatience());
    }
}
