package com.example.acme;

import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.List;

/** Makes providers of the name {@code acme}; found by {@link java.util.ServiceLoader}. */
public final class AcmeProviderFactory implements SmsProviderFactory {
    /** For the service loader. */
    public AcmeProviderFactory() {}

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public List<ProviderSetting> settings() {
        return List.of(
                ProviderSetting.required("api-key", "key from Acme's console")
                        .asSecret()
                        .checkedBy(value -> value.matches("[!-~]+") ? null : "must be printable, without spaces"),
                ProviderSetting.required("from", "default sender: a number, short code or name")
                        .parsedBy(Sender::of, "a number with + and country code, a short code or a name"),
                ProviderSetting.optional("webhook-secret", "with which Acme signs receipts; without it they are refused")
                        .asSecret()
                        .checkedBy(HttpSettings.NOT_BLANK),
                HttpSettings.callbackUrl(500),
                HttpSettings.baseUrl("base-url", "https://api.acme.example"),
                HttpSettings.timeout(),
                HttpSettings.receiptPatience());
    }

    @Override
    public SmsProvider create(ProviderSettings settings) {
        return new AcmeProvider(settings);
    }
}
