package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Verifying and reading a receipt as the simulator posts it, on one core. */
final class WebhooksBenchmark {
    private static final int A_TURN_OF = 100;

    private WebhooksBenchmark() {}

    static void run(Options given) throws Exception {
        var options = new Options(given.rounds(), given.turn(), 1, given.only(), given.json());
        var contestants = new ArrayList<Contestant>();
        for (Contender contender : Contenders.of(options)) {
            try (SmsProvider provider = contender.provider("http://127.0.0.1:1")) {
                if (provider instanceof WebhookParser parser) {
                    WebhookRequest receipt = receipt(contender);
                    contestants.add(new Contestant(contender.name(), () -> {
                        // Reading the clock for each would be a part of what is measured.
                        for (int i = 0; i < A_TURN_OF; i++) {
                            verify(parser, receipt);
                        }
                    }));
                }
            }
        }
        List<Result> results = Turns.take("verify and parse", contestants, options).stream()
                .map(WebhooksBenchmark::perReceipt)
                .toList();
        Report.print("Webhooks, ratio to 50,000/s", "receipts", results, options);
    }

    private static Result perReceipt(Result result) {
        double perSecond = result.perSecond() * A_TURN_OF;
        return new Result(
                result.group(),
                result.contestant(),
                perSecond,
                result.cpuMicros() / A_TURN_OF,
                result.processMicros() / A_TURN_OF,
                perSecond / 50_000);
    }

    private static void verify(WebhookParser parser, WebhookRequest receipt) {
        WebhookVerdict verdict = parser.parse(receipt);
        if (verdict.receipts().size() != 1) {
            throw new IllegalStateException("the receipt was not taken: " + verdict);
        }
    }

    /** The first of the receipts that the simulator posts for one message. */
    private static WebhookRequest receipt(Contender contender) throws Exception {
        try (var recorder = new Recorder(200);
                CarrierSimulator simulator = contender
                        .simulator()
                        .receiptUrl(URI.create(recorder.baseUrl() + "/receipts/" + Contenders.WEBHOOK_SECRET))
                        .start();
                SmsProvider provider = contender.provider(simulator.baseUrl().toString())) {
            provider.submit(List.of(contender.submission()));
            return recorder.nextWebhook();
        }
    }
}
