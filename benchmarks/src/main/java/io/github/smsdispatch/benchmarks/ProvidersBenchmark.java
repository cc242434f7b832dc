package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import java.util.ArrayList;
import java.util.List;

/**
 * Hand-overs through each provider module to a simulator that answers at once, beside OkHttp alone, and for Twilio beside
 * its SDK.
 */
final class ProvidersBenchmark {
    private ProvidersBenchmark() {}

    static void run(Options options) throws Exception {
        var results = new ArrayList<Result>();
        for (Contender contender : Contenders.of(options)) {
            System.err.println("measuring " + contender.name());
            List<BareOkHttp.Example> examples = BareOkHttp.examplesOf(contender);
            results.addAll(Turns.take(contender.name(), () -> new Carrier(contender, examples), options));
        }
        Report.print("Hand-overs", "requests", results, options);
    }

    /**
     * A simulator of its own for each round: it keeps all that it accepts, and the collector would have more to do from
     * round to round.
     */
    private static final class Carrier implements Stage {
        private final CarrierSimulator simulator;
        private final SmsProvider provider;
        private final BareOkHttp bare;
        private final List<Contestant> contestants = new ArrayList<>();

        Carrier(Contender contender, List<BareOkHttp.Example> examples) {
            simulator = contender.simulator().start();
            String baseUrl = simulator.baseUrl().toString();
            provider = contender.provider(baseUrl);
            bare = new BareOkHttp(examples, baseUrl);
            contestants.add(new Contestant("bare OkHttp", bare::once));
            contestants.add(new Contestant("module", () -> handOver(provider, contender)));
            if (contender.name().equals("twilio")) {
                var sdk = new TwilioSdk(baseUrl);
                contestants.add(new Contestant("Twilio SDK", () -> sdk.once(contender.submission())));
            }
        }

        @Override
        public List<Contestant> contestants() {
            return contestants;
        }

        @Override
        public void close() {
            provider.close();
            bare.close();
            simulator.close();
        }
    }

    private static void handOver(SmsProvider provider, Contender contender) {
        SubmitOutcome outcome = provider.submit(List.of(contender.submission())).get(0);
        if (!(outcome instanceof SubmitOutcome.Accepted)) {
            throw new IllegalStateException("not accepted: " + outcome);
        }
    }
}
