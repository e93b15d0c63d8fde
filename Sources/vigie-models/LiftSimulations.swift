import Measuring
import Models

extension Benchmark {
    /// What no record has: lifts that wear, stand still and go quiet at a known time. Noise as stated with each.
    static let liftSimulations = Benchmark(
        name: "lift-simulations",
        summary: "simulated lifts: delays and false alarms of drift, standstill, trip counts and silence"
    ) { _ in
        for noise in DoorDriftTrial.all { noise.report() }
        for perDay in [120.0, 400, 1200] { StandstillTrial(noise: .days, perDay: perDay).report() }
        StandstillTrial(noise: .days, perDay: 1200, step: 900).report()
        for noise in [LiftDemand.Noise.hours, .groups, .harsh] {
            StandstillTrial(noise: noise, perDay: 1200).report()
        }
        for noise in LiftDemand.Noise.allCases { TripCountTrial(noise: noise, perDay: 400).report() }
        for loss in LossTrial.all { loss.report() }
    }
}
