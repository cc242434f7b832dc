package io.github.smsdispatch.vonage;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account is configured with. Shows nothing of it. */
final class VonageSettings {
    /** Parameter {@code callback} (OpenAPI document of the SMS API 1.5.1, read 2026-11). */
    private static final int MAX_CALLBACK_URL = 100;

    /** When a new message shows in the Reports API is not documented; an hour is far more than is seen in practice. */
    private static final String DEFAULT_ABSENCE_PROOF = "PT1H";

    final ProviderAccount account;
    final String apiKey;
    final String apiSecret;
    final Sender from;
    final @Nullable String signatureSecret;
    final SignatureMethod signatureMethod;
    final boolean allowUnsignedWebhooks;
    final @Nullable String callbackUrl;
    final String baseUrl;
    final String apiBaseUrl;
    final Duration timeout;
    final Duration receiptPatience;
    final @Nullable Duration absenceProof;

    VonageSettings(ProviderSettings settings) {
        this.account = settings.account();
        this.apiKey = settings.get("api-key");
        this.apiSecret = settings.get("api-secret");
        this.from = Sender.of(settings.get("from"));
        this.signatureSecret = settings.find("signature-secret").orElse(null);
        this.signatureMethod = SignatureMethod.named(settings.get("signature-method"));
        this.allowUnsignedWebhooks = Boolean.parseBoolean(settings.get("allow-unsigned-webhooks"));
        this.callbackUrl = settings.find("callback-url").orElse(null);
        this.baseUrl = HttpSettings.baseUrl(settings, "base-url");
        this.apiBaseUrl = HttpSettings.baseUrl(settings, "api-base-url");
        this.timeout = HttpSettings.timeout(settings);
        this.receiptPatience = HttpSettings.receiptPatience(settings);
        this.absenceProof = HttpSettings.absenceProof(settings);
        if (signatureSecret != null && allowUnsignedWebhooks) {
            throw new ConfigurationException(
                    "allow-unsigned-webhooks",
                    "is true although signature-secret is set",
                    "leave one of the two out: receipts are either verified or they are not");
        }
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
                ProviderSetting.optional("signature-secret", "secret with which Vonage signs delivery receipts")
                        .asSecret()
                        .checkedBy(HttpSettings.NOT_BLANK),
                ProviderSetting.optional(
                                "signature-method",
                                "how Vonage signs, as set in its dashboard: " + SignatureMethod.NAMES)
                        .orElse("md5hash")
                        .parsedBy(SignatureMethod::named, "one of " + SignatureMethod.NAMES),
                ProviderSetting.optional(
                                "allow-unsigned-webhooks", "true: believe delivery receipts that nobody signed")
                        .orElse("false")
                        .checkedBy(value -> value.matches("true|false") ? null : "must be true or false"),
                HttpSettings.callbackUrl(MAX_CALLBACK_URL),
                HttpSettings.timeout(),
                HttpSettings.baseUrl("base-url", "https://rest.nexmo.com"),
                HttpSettings.baseUrl("api-base-url", "https://api.nexmo.com"),
                HttpSettings.absenceProof(DEFAULT_ABSENCE_PROOF),
                HttpSettings.receiptPatience());
    }
}
