package io.github.smsdispatch.killharness;

import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The process of a carrier. Its ledger is on disk: killed and started again, it knows what it took. */
final class CarrierProgram {
    private CarrierProgram() {}

    public static void main(String[] line) throws InterruptedException {
        Parent.watch();
        var arguments = new Arguments(line);
        CarrierSimulator.Builder carrier = CarrierSimulator.builder()
                .port((int) arguments.number("port"))
                .seed(arguments.number("seed"))
                .faults(FaultScript.of(arguments.text("faults")))
                .ledgerFile(Path.of(arguments.text("ledger")));
        Carrier.valueOf(arguments.text("carrier")).playedBy(carrier);
        try (CarrierSimulator running = carrier.start()) {
            System.out.println("ready at " + running.baseUrl());
            new CountDownLatch(1).await();
        }
    }
}
