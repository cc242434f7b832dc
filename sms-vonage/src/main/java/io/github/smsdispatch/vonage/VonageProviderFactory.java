package io.github.smsdispatch.vonage;

import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes providers of the name {@code vonage}; found by {@link java.util.ServiceLoader}.
 *
 * <p>Required: {@code api-key}, {@code api-secret} and {@code from}. Delivery receipts are refused unless
 * {@code signature-secret} is set or {@code allow-unsigned-webhooks} is {@code true}: Vonage signs receipts of the SMS
 * API only where its support has switched that on. {@code signature-method} is Vonage's own default {@code md5hash};
 * {@code sha256} or {@code sha512} are better, if the dashboard is set to it too.
 *
 * <p>Looking up needs the Reports API, a paid product of Vonage; without it such questions fail and receipts are all
 * there is. {@code absence-proof} is one hour by default, as Vonage does not document when a message shows up there.
 */
public final class VonageProviderFactory implements SmsProviderFactory {
    /** For the service loader. */
    public VonageProviderFactory() {}

    @Override
    public String name() {
        return "vonage";
    }

    @Override
    public List<ProviderSetting> settings() {
        return VonageSettings.declared();
    }

    @Override
    public SmsProvider create(ProviderSettings settings) {
        return new VonageProvider(new VonageSettings(settings), InstantSource.system());
    }
}
