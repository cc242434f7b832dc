package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.DispatchEngineBuilder;
import io.github.smsdispatch.engine.Routing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The engine of the job. */
final class Engines {
    /** The throughput that is "agreed" with a simulated carrier. */
    private static final int MESSAGES_PER_SECOND = 120;

    private Engines() {}

    /** The accounts share the messages equally, and each stands in for the others. */
    static DispatchEngine create(Setup setup, Options options) {
        Map<ProviderAccount, Integer> weights = new HashMap<>();
        options.accounts().forEach(account -> weights.put(account, 1));
        DispatchEngineBuilder engine = DispatchEngine.builder(setup.store())
                .accounts(setup.providers())
                .routing(Routing.weighted(weights));
        return options.live() ? engine.build() : simulated(engine, setup).build();
    }

    /** Seconds where the defaults say minutes: nobody wants to watch a carrier being left alone for a minute. */
    private static DispatchEngineBuilder simulated(DispatchEngineBuilder engine, Setup setup) {
        setup.carriers().keySet().forEach(account -> engine.ratePerSecond(account, MESSAGES_PER_SECOND));
        return engine.clock(setup.clock())
                .maxInFlight(16)
                .lease(Duration.ofSeconds(8))
                .throttlePatience(Duration.ofMillis(500))
                .doubtPatience(Duration.ofMillis(1500))
                .outagePause(Duration.ofMillis(200), Duration.ofSeconds(1))
                .refusalPause(Duration.ofMillis(200), Duration.ofSeconds(1))
                .messagePause(Duration.ofMillis(500), Duration.ofSeconds(2))
                .lookupPause(Duration.ofSeconds(1), Duration.ofHours(12))
                .idlePause(Duration.ofMillis(100));
    }
}
