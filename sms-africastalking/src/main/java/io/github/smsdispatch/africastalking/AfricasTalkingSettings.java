package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account is configured with. Shows nothing of it. */
final class AfricasTalkingSettings {
    private static final String LIVE = "https://api.africastalking.com";
    private static final String SANDBOX = "https://api.sandbox.africastalking.com";

    /** The username that selects the sandbox, as in the vendor's SDKs (africastalking-java 3.5.3, read 2026-11). */
    private static final String SANDBOX_USER = "sandbox";

    /** Answers take some 150 bytes a recipient, and have to stay below the bound for a body. */
    private static final int MAX_RECIPIENTS = 1_000;

    final ProviderAccount account;
    final String username;
    final String apiKey;
    final @Nullable Sender from;
    final boolean enqueue;
    final int maxRecipients;
    final @Nullable String webhookSecret;
    final String baseUrl;
    final Duration timeout;
    final Duration receiptPatience;

    AfricasTalkingSettings(ProviderSettings settings) {
        this.account = settings.account();
        this.username = settings.get("username");
        this.apiKey = settings.get("api-key");
        this.from = settings.find("from").map(Sender::of).orElse(null);
        this.enqueue = Boolean.parseBoolean(settings.get("enqueue"));
        this.maxRecipients = Integer.parseInt(settings.get("max-recipients"));
        this.webhookSecret = settings.find("webhook-secret").orElse(null);
        this.baseUrl = settings.find("base-url").isPresent()
                ? HttpSettings.baseUrl(settings, "base-url")
                : username.equals(SANDBOX_USER) ? SANDBOX : LIVE;
        this.timeout = HttpSettings.timeout(settings);
        this.receiptPatience = HttpSettings.receiptPatience(settings);
    }

    static List<ProviderSetting> declared() {
        return List.of(
                ProviderSetting.required("username", "username of the application; sandbox selects the sandbox")
                        .checkedBy(value -> value.matches("[!-~]{1,64}")
                                ? null
                                : "must be 1 to 64 ASCII characters without spaces"),
                ProviderSetting.required("api-key", "API key of that username")
                        .asSecret()
                        .checkedBy(
                                value -> value.matches("[!-~]+") ? null : "must be of ASCII characters without spaces"),
                ProviderSetting.optional("from", "default sender: a registered short code or name")
                        .parsedBy(Sender::of, "a number with + and country code, a short code or a name"),
                ProviderSetting.optional(
                                "enqueue", "true: it answers before the operators do; false: it waits for them")
                        .orElse("true")
                        .checkedBy(value -> value.matches("true|false") ? null : "must be true or false"),
                ProviderSetting.optional("max-recipients", "how many recipients one request may have")
                        .orElse("100")
                        .checkedBy(value -> value.matches("[1-9][0-9]{0,2}|1000")
                                ? null
                                : "must be a whole number from 1 to " + MAX_RECIPIENTS),
                ProviderSetting.optional(
                                "webhook-secret", "secret in the URLs that Africa's Talking calls, made up by you")
                        .asSecret()
                        // Goes into a URL as it is, and shorter ones can be guessed.
                        .checkedBy(value -> value.matches("[A-Za-z0-9_-]{16,128}")
                                ? null
                                : "must be 16 to 128 letters, digits, underscores and hyphens"),
                withoutFallback(HttpSettings.baseUrl("base-url", LIVE)),
                HttpSettings.timeout(),
                new ProviderSetting(
                        "receipt-patience",
                        false,
                        false,
                        "PT30M",
                        "how often to see whether a message without a receipt is past its time, ISO 8601 such as PT30M",
                        HttpSettings.receiptPatience().check()));
    }

    /** Which one it is depends on the username. */
    private static ProviderSetting withoutFallback(ProviderSetting setting) {
        return new ProviderSetting(
                setting.key(),
                false,
                false,
                null,
                "where the API is; by default the username decides",
                setting.check());
    }
}
