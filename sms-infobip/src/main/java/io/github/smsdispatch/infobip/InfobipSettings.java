package io.github.smsdispatch.infobip;

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
final class InfobipSettings {
    /** Infobip names no limit; this is what browsers and proxies bear. */
    private static final int MAX_CALLBACK_URL = 1_800;

    /** When a new message shows in the log is not documented; an hour is far more than is seen in practice. */
    private static final String DEFAULT_ABSENCE_PROOF = "PT1H";

    /** Infobip names no limit of messages per request. */
    private static final String DEFAULT_BATCH_SIZE = "100";

    final ProviderAccount account;
    final String baseUrl;
    final String apiKey;
    final Sender from;
    final @Nullable String callbackUrl;
    final @Nullable String webhookSecret;
    final int batchSize;
    final Duration timeout;
    final Duration receiptPatience;
    final @Nullable Duration absenceProof;

    InfobipSettings(ProviderSettings settings) {
        this.account = settings.account();
        this.baseUrl = HttpSettings.baseUrl(settings, "base-url");
        this.apiKey = settings.get("api-key");
        this.from = Sender.of(settings.get("from"));
        this.callbackUrl = settings.find("callback-url").orElse(null);
        this.webhookSecret = settings.find("webhook-secret").orElse(null);
        this.batchSize = Integer.parseInt(settings.get("batch-size"));
        this.timeout = HttpSettings.timeout(settings);
        this.receiptPatience = HttpSettings.receiptPatience(settings);
        this.absenceProof = HttpSettings.absenceProof(settings);
        if (callbackUrl != null && webhookSecret == null) {
            throw new ConfigurationException(
                    "webhook-secret",
                    "is missing although callback-url is set",
                    "set it to 16 or more random letters and digits: without it all delivery reports are refused");
        }
    }

    static List<ProviderSetting> declared() {
        return List.of(
                baseUrl(),
                ProviderSetting.required("api-key", "API key from the Infobip portal")
                        .asSecret()
                        .checkedBy(value -> value.matches("[!-~]{1,512}")
                                ? null
                                : "must be 1 to 512 visible ASCII characters without spaces"),
                ProviderSetting.required("from", "default sender: a number, short code or name")
                        .parsedBy(Sender::of, "a number with + and country code, a short code or a name"),
                HttpSettings.callbackUrl(MAX_CALLBACK_URL, InfobipWebhooks.TOKEN),
                ProviderSetting.optional(
                                "webhook-secret",
                                "what shows that a webhook comes from Infobip: 16 to 128 random letters and digits")
                        .asSecret()
                        .checkedBy(value -> value.matches("[A-Za-z0-9_-]{16,128}")
                                ? null
                                : "must be 16 to 128 letters, digits, hyphens and underscores"),
                ProviderSetting.optional("batch-size", "how many messages one request may hold, 1 to 1000")
                        .orElse(DEFAULT_BATCH_SIZE)
                        .checkedBy(value ->
                                value.matches("[1-9][0-9]{0,2}|1000") ? null : "must be a whole number from 1 to 1000"),
                HttpSettings.timeout(),
                HttpSettings.absenceProof(DEFAULT_ABSENCE_PROOF),
                HttpSettings.receiptPatience());
    }

    /** Without fall-back: each account has its own. */
    private static ProviderSetting baseUrl() {
        ProviderSetting.Check check = HttpSettings.baseUrl("base-url", "https://abc123.api.infobip.com")
                .check();
        return ProviderSetting.required("base-url", "the account's own base URL from the Infobip portal")
                .checkedBy(check);
    }
}
