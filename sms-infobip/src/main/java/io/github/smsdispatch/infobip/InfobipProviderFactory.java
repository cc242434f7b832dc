package io.github.smsdispatch.infobip;

import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes providers of the name {@code infobip}; found by {@link java.util.ServiceLoader}.
 *
 * <p>Required: {@code base-url}, which each account has its own of, {@code api-key} and {@code from}. Looking up needs a
 * key whose scopes cover the log ({@code sms:logs:read}) beside sending.
 *
 * <p>Webhooks are refused unless {@code webhook-secret} is set: Infobip signs nothing by default, so the secret goes into
 * the URL that Infobip calls, and a tag made with it travels with each message.
 */
public final class InfobipProviderFactory implements SmsProviderFactory {
    /** For the service loader. */
    public InfobipProviderFactory() {}

    @Override
    public String name() {
        return "infobip";
    }

    @Override
    public List<ProviderSetting> settings() {
        return InfobipSettings.declared();
    }

    @Override
    public SmsProvider create(ProviderSettings settings) {
        return new InfobipProvider(new InfobipSettings(settings), InstantSource.system());
    }
}
