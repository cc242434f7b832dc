package io.github.smsdispatch.twilio;

import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.List;

/**
 * Makes providers of the name {@code twilio}; found by {@link java.util.ServiceLoader}.
 *
 * <p>Required: {@code account-sid}, {@code auth-token}, and {@code from} or {@code messaging-service-sid}. With both of
 * these, a message without a sender of its own names both to Twilio.
 *
 * <p>{@code absence-proof} is ten minutes by default. Twilio documents no delay between taking a message and listing it,
 * and no upper bound either; {@code never} keeps such messages in doubt instead.
 *
 * <p>{@code lookup-fields} is {@code none} by default: checks of numbers ask for nothing that Twilio charges for.
 */
public final class TwilioProviderFactory implements SmsProviderFactory {
    /** For the service loader. */
    public TwilioProviderFactory() {}

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public List<ProviderSetting> settings() {
        return TwilioSettings.declared();
    }

    @Override
    public SmsProvider create(ProviderSettings settings) {
        return new TwilioProvider(new TwilioSettings(settings));
    }
}
