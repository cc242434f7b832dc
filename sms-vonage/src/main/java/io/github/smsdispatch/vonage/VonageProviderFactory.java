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
 * <p>Required: {@code api-key}, {@code api-secret} and {@code from}. {@code api} says which of Vonage's APIs sends:
 * {@code sms} (the default) or {@code messages}. With {@code application-id} and {@code private-key}, the Messages API is
 * used with tokens of the application, and numbers can be checked with Identity Insights.
 *
 * <p>Webhooks are refused unless {@code signature-secret} is set or {@code allow-unsigned-webhooks} is {@code true}:
 * Vonage signs those of the SMS API only where its support has switched that on, and those of the Messages API always.
 * {@code signature-method} is Vonage's own default {@code md5hash}; {@code sha256} or {@code sha512} are better, if the
 * dashboard is set to it too.
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
        return VonageProvider.of(new VonageSettings(settings), InstantSource.system());
    }
}
