package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes providers for an invented gateway: a sound one, and such with a flaw. */
public final class GatewayFactory implements SmsProviderFactory {
    private final Set<Flaw> flaws;

    /** The sound one, which the service loader finds. */
    public GatewayFactory() {
        this(EnumSet.noneOf(Flaw.class));
    }

    GatewayFactory(Set<Flaw> flaws) {
        this.flaws = flaws;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public List<ProviderSetting> settings() {
        ProviderSetting key = ProviderSetting.required("key", "what it knows us by")
                .checkedBy(value -> value.isBlank() ? "must not be blank" : null);
        return List.of(
                ProviderSetting.required("url", "where it is"),
                flaws.contains(Flaw.DECLARES_NO_SECRET) ? key : key.asSecret(),
                ProviderSetting.optional("timeout", "for one call")
                        .orElse("PT10S")
                        .parsedBy(Duration::parse, "an ISO 8601 duration"));
    }

    @Override
    public SmsProvider create(ProviderSettings settings) {
        return new GatewayProvider(settings, flaws);
    }
}
