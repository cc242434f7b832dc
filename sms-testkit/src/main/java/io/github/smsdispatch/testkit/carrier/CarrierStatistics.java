package io.github.smsdispatch.testkit.carrier;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulator has done since it was started.
 *
 * @param requests HTTP requests of every kind that were read
 * @param submissions valid messages in them, accepted or not; one request may bring several
 * @param accepted messages that are in the ledger
 * @param answersLost accepted messages whose client got no usable answer
 * @param refused refusals by kind, a message each: a fault such as {@code throttle}, or provider and code such as {@code twilio 21211}
 * @param receiptsSent receipt requests that the receiver took
 * @param receiptsRepeated receipts among them that were sent again on purpose
 * @param receiptsLost receipts that were kept back on purpose
 * @param receiptsGivenUp receipts that the receiver did not take, however often they were tried
 * @param receiptsOpen steps in the lives of messages that are still to be reported
 * @param timesDark how often connections began to be refused
 */
public record CarrierStatistics(
        long requests,
        long submissions,
        long accepted,
        long answersLost,
        SortedMap<String, Long> refused,
        long receiptsSent,
        long receiptsRepeated,
        long receiptsLost,
        long receiptsGivenUp,
        long receiptsOpen,
        long timesDark) {
    /** Copies the map. */
    public CarrierStatistics {
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    }

    /** One line for people. */
    @Override
    public String toString() {
        return "requests " + requests + ", submissions " + submissions + ", accepted " + accepted + " (answer lost "
                + answersLost + "), refused " + refused + ", receipts sent " + receiptsSent + " (repeated "
                + receiptsRepeated + "), lost " + receiptsLost + ", given up " + receiptsGivenUp + ", open "
                + receiptsOpen + ", dark " + timesDark + "x";
    }
}
