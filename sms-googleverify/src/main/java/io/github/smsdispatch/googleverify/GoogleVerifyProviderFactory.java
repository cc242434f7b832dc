package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes providers of the name {@code googleverify}; found by {@link java.util.ServiceLoader}.
 *
 * <p>Required: {@code base-url}, where the admin API server of the deployment is, and {@code api-key}, a key of type
 * ADMIN. {@code batch} is {@code true} by default: up to ten codes a call. A realm may not allow that; then set it to
 * {@code false}.
 *
 * <p>{@code absence-proof} is one minute by default: the server works on a request for less than half a minute, and
 * answers from the same database that it writes to.
 */
public final class GoogleVerifyProviderFactory implements SmsProviderFactory {
    /** For the service loader. */
    public GoogleVerifyProviderFactory() {}

    @Override
    public String name() {
        return GoogleVerifySettings.PROVIDER;
    }

    @Override
    public List<ProviderSetting> settings() {
        return GoogleVerifySettings.declared();
    }

    @Override
    public SmsProvider create(ProviderSettings settings) {
        return new GoogleVerifyProvider(new GoogleVerifySettings(settings), InstantSource.system());
    }
}
