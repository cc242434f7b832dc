package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.provider.TestSettings;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A provider module to measure, and how to bring it and the simulator together.
 *
 * @param name for the table
 * @param simulated names the provider to the simulator
 * @param settings the account's, given the address of the API
 * @param attributes that the module wants of a message
 */
record Contender(
        String name,
        SmsProviderFactory factory,
        UnaryOperator<CarrierSimulator.Builder> simulated,
        Function<String, Map<String, String>> settings,
        Map<String, String> attributes) {
    private static final String TEXT = "Your table for four is booked for eight o'clock tonight.";

    SmsProvider provider(String baseUrl) {
        return factory.create(TestSettings.of(factory, settings.apply(baseUrl)));
    }

    CarrierSimulator.Builder simulator() {
        return simulated.apply(CarrierSimulator.builder());
    }

    /** A fresh hand-over to a fictional number. */
    Submission submission() {
        return new Submission(
                AttemptId.create(),
                PhoneNumber.parse("+12025550123"),
                null,
                TEXT,
                Segments.of(TEXT),
                Duration.ofHours(1),
                attributes);
    }
}
