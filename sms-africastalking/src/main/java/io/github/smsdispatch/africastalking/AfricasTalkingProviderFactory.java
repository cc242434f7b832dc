package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.List;

/**
 * Makes providers of the name {@code africastalking}; found by {@link java.util.ServiceLoader}.
 *
 * <p>Required: {@code username} and {@code api-key}. The username {@code sandbox} selects the sandbox of Africa's Talking.
 * Without {@code from} texts go out under a sender that all its customers share. Webhooks are refused unless
 * {@code webhook-secret} is set: Africa's Talking signs none, so that the secret has to be in the URL it calls.
 *
 * <p>Africa's Talking takes no reference of ours, no validity, and cannot be asked what became of a message. The README of
 * the module says what follows from that.
 */
public final class AfricasTalkingProviderFactory implements SmsProviderFactory {
    /** For the service loader. */
    public AfricasTalkingProviderFactory() {}

    @Override
    public String name() {
        return "africastalking";
    }

    @Override
    public List<ProviderSetting> settings() {
        return AfricasTalkingSettings.declared();
    }

    @Override
    public SmsProvider create(ProviderSettings settings) {
        return new AfricasTalkingProvider(new AfricasTalkingSettings(settings), System::nanoTime);
    }
}
