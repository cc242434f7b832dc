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
            results.addAll(measure(contender, options));
        }
        Report.print("Hand-overs", "requests", results, options);
    }

    private static List<Result> measure(Contender contender, Options options) throws Exception {
        try (CarrierSimulator simulator = contender.simulator().start();
                SmsProvider provider = contender.provider(simulator.baseUrl().toString())) {
            String baseUrl = simulator.baseUrl().toString();
            var bare = BareOkHttp.like(contender, baseUrl);
            var contestants = new ArrayList<Contestant>();
            contestants.add(new Contestant("bare OkHttp", bare::once));
            contestants.add(new Contestant("module", () -> handOver(provider, contender)));
            if (contender.name().equals("twilio")) {
                var sdk = new TwilioSdk(baseUrl);
                contestants.add(new Contestant("Twilio SDK", () -> sdk.once(contender.submission())));
            }
            return Turns.take(contender.name(), contestants, options);
        }
    }

    private static void handOver(SmsProvider provider, Contender contender) {
        SubmitOutcome outcome = provider.submit(List.of(contender.submission())).get(0);
        if (!(outcome instanceof SubmitOutcome.Accepted)) {
            throw new IllegalStateException("not accepted: " + outcome);
        }
    }
}
