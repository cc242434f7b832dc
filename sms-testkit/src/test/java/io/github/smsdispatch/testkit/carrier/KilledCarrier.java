package io.github.smsdispatch.testkit.carrier;

import java.nio.file.Path;

/** A process that accepts messages from itself until it is killed. */
final class KilledCarrier {
    private KilledCarrier() {}

    public static void main(String[] arguments) throws Exception {
        try (var carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .ledgerFile(Path.of(arguments[0]))
                .start()) {
            var client = new Client(carrier);
            for (int i = 0; true; i++) {
                System.out.println(
                        Client.json(client.twilio("text " + i)).get("sid").asText());
            }
        }
    }
}
