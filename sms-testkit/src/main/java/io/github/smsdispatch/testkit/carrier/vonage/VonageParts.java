package io.github.smsdispatch.testkit.carrier.vonage;

import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Life;

/** How the parts of a long text fare: of one that is not delivered, all parts fail, or a single one does. */
final class VonageParts {
    /** The status of a part that is refused beside others that are taken. */
    static final String REFUSED = "5";

    private VonageParts() {}

    /** The step as this part takes it. */
    static Life.Step stepOf(CarrierMessage message, String partId, Life.Step step) {
        return step.state() == CarrierState.UNDELIVERED && !fails(message, partId)
                ? new Life.Step(step.at(), CarrierState.DELIVERED, null)
                : step;
    }

    /** Which part fails follows from the first id, so that receipts, reports and a restarted simulator agree. */
    private static boolean fails(CarrierMessage message, String partId) {
        int parts = message.ids().size();
        int failing = Math.floorMod(message.id().hashCode(), parts + 1);
        return parts == 1 || failing == parts || message.ids().get(failing).equals(partId);
    }
}
