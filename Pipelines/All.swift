import PipelineKit

/// The pipelines of this installation. A file of this folder that is not in the list does not run; a test says so.
public let allPipelines = PipelineSet(
    [
        elevators,
        elevatorStates,
        elevatorUsage,
        liftMonitors,
        gateways,
        waterMeters,
        homeActivity,
        electricityMeters,
        fallDetectors,
        motionBands,
        vitalSigns,
        skis,
        bicycles,
        appliances,
        coldRooms,
        machines,
        buttons,
        leaks,
        radioMeters,
        radioDevices,
        radioAlarms,
        fallAlarms,
    ],
    discipline: discipline,
    inbox: .reception,
    // There is a gateway for text messages, and nothing else.
    routing: .textOnly
)
