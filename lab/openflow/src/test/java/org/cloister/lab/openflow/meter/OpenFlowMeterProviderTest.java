package org.cloister.lab.openflow.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloister.lab.openflow.FakeController;
import org.cloister.lab.openflow.FakeSwitch;
import org.cloister.lab.openflow.Wire;
import org.cloister.testing.ComponentSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterState;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFMeterStatsRequest;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBandDrop;
import org.projectfloodlight.openflow.types.OFErrorCauseData;
import org.projectfloodlight.openflow.types.U64;

class OpenFlowMeterProviderTest {

    private static final ApplicationId APP = new DefaultApplicationId(1, "org.onosproject.core");

    private final FakeController controller = new FakeController();
    private final FakeMeterService core = new FakeMeterService();
    private final OpenFlowMeterProvider provider = new OpenFlowMeterProvider();
    private final FakeSwitch sw = new FakeSwitch(1);

    @BeforeEach
    void start() {
        provider.controller = controller;
        provider.providerRegistry = core;
        provider.configService = new ComponentConfigAdapter();
        provider.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId getAppId(String name) {
                return APP;
            }
        };
        provider.activate(ComponentSettings.defaults(OpenFlowMeterProvider.Settings.class));
        // what Open vSwitch 3.1 announces
        sw.meterFeatures = Wire.OF13.buildMeterFeatures()
                .setMaxMeter(262_144).setMaxBands((short) 8).setBandTypes(2).setCapabilities(15).build();
        controller.connect(sw);
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        assertThat(controller.listeners()).isZero();
    }

    private Meter meter(long id, Band.Type type, boolean burst) {
        Band.Builder band = DefaultBand.builder().ofType(type).withRate(50_000).burstSize(5_000);
        if (type == Band.Type.REMARK) {
            band.dropPrecedence((short) 1);
        }
        Meter.Builder meter = DefaultMeter.builder().forDevice(sw.deviceId()).fromApp(APP)
                .withCellId(MeterId.meterId(id)).withUnit(Meter.Unit.KB_PER_SEC).withBands(List.of(band.build()));
        return burst ? meter.burst().build() : meter.build();
    }

    private void perform(MeterOperation.Type type, Meter meter) {
        provider.performMeterOperation(sw.deviceId(), new MeterOperation(meter, type));
    }

    @Test
    void featuresAreThoseThatTheSwitchAnnounced() {
        MeterFeatures features = core.features.get(sw.deviceId());
        assertThat(features.startIndex()).isEqualTo(1);
        assertThat(features.endIndex()).isEqualTo(262_144);
        assertThat(features.maxBands()).isEqualTo((short) 8);
        assertThat(features.bandTypes()).containsExactly(Band.Type.DROP);
        assertThat(features.unitTypes()).containsExactlyInAnyOrder(Meter.Unit.KB_PER_SEC, Meter.Unit.PKTS_PER_SEC);
        assertThat(features.isBurstSupported()).isTrue();
        controller.disconnect(sw);
        assertThat(core.features).isEmpty();
    }

    @Test
    void aSwitchThatGoesAwayWhileItIsAddedLeavesNothing() {
        FakeSwitch brief = new FakeSwitch(2) {
            @Override
            public OFMeterFeatures getMeterFeatures() {
                controller.disconnect(this);
                return super.getMeterFeatures();
            }
        };
        controller.connect(brief);
        assertThat(core.features).containsOnlyKeys(sw.deviceId());
    }

    @Test
    void aSwitchWithoutMetersHasNone() {
        FakeSwitch without = controller.connect(new FakeSwitch(2));
        assertThat(core.features.get(without.deviceId()).maxMeter()).isZero();
    }

    @Test
    void aMeterIsSentWithItsRateAndBurst() {
        perform(MeterOperation.Type.ADD, meter(7, Band.Type.DROP, true));
        OFMeterMod mod = sw.sent(OFMeterMod.class).get(0);
        assertThat(mod.getCommand()).isEqualTo(OFMeterModCommand.ADD);
        assertThat(mod.getMeterId()).isEqualTo(7);
        assertThat(mod.getFlags()).isEqualTo(Set.of(OFMeterFlags.KBPS, OFMeterFlags.BURST));
        OFMeterBandDrop band = (OFMeterBandDrop) mod.getMeters().get(0);
        assertThat(band.getRate()).isEqualTo(50_000);
        assertThat(band.getBurstSize()).isEqualTo(5_000);
    }

    @Test
    void withoutTheFlagNoBurstIsSent() {
        perform(MeterOperation.Type.ADD, meter(7, Band.Type.DROP, false));
        OFMeterMod mod = sw.sent(OFMeterMod.class).get(0);
        assertThat(mod.getFlags()).isEqualTo(Set.of(OFMeterFlags.KBPS));
        assertThat(((OFMeterBandDrop) mod.getMeters().get(0)).getBurstSize()).isZero();
    }

    @Test
    void removalAsksForStatisticsAtOnce() {
        perform(MeterOperation.Type.REMOVE, meter(7, Band.Type.DROP, true));
        assertThat(sw.sent(OFMeterMod.class)).extracting(OFMeterMod::getCommand).containsExactly(OFMeterModCommand.DELETE);
        assertThat(sw.sent(OFMeterStatsRequest.class)).hasSize(1);
    }

    @Test
    void anUnsupportedBandFails() {
        perform(MeterOperation.Type.ADD, meter(7, Band.Type.REMARK, true));
        assertThat(sw.sent).isEmpty();
        assertThat(core.failures).containsValue(MeterFailReason.BAD_BAND);
    }

    @Test
    void withoutTheSwitchAMeterFails() {
        controller.disconnect(sw);
        perform(MeterOperation.Type.ADD, meter(7, Band.Type.DROP, true));
        assertThat(core.failures).containsValue(MeterFailReason.UNKNOWN_DEVICE);
    }

    @Test
    void aRefusalFailsTheMeterThatItIsAbout() {
        perform(MeterOperation.Type.ADD, meter(7, Band.Type.DROP, true));
        perform(MeterOperation.Type.ADD, meter(8, Band.Type.DROP, true));
        controller.arrive(sw, refusal(sw.sent(OFMeterMod.class).get(0), OFMeterModFailedCode.OUT_OF_METERS));
        assertThat(core.failures).containsExactly(Map.entry(7L, MeterFailReason.OUT_OF_METERS));
    }

    @Test
    void aRefusedRuleWithTheSameNumberFailsNoMeter() {
        perform(MeterOperation.Type.ADD, meter(7, Band.Type.DROP, true));
        OFMessage rule = Wire.OF13.buildFlowAdd().setXid(7).build();
        controller.arrive(sw, refusal(rule, OFMeterModFailedCode.INVALID_METER));
        assertThat(core.failures).isEmpty();
    }

    private static OFMessage refusal(OFMessage refused, OFMeterModFailedCode code) {
        return Wire.OF13.errorMsgs().buildMeterModFailedErrorMsg().setXid(refused.getXid()).setCode(code)
                .setData(OFErrorCauseData.of(Wire.bytes(refused), OFVersion.OF_13)).build();
    }

    @Test
    void statisticsInPartsAreOne() {
        controller.arrive(sw, Wire.OF13.buildMeterStatsReply().setXid(3).setFlags(Set.of(OFStatsReplyFlags.REPLY_MORE))
                .setEntries(List.of(statistics(7))).build());
        assertThat(core.metrics).isEmpty();
        controller.arrive(sw, Wire.OF13.buildMeterStatsReply().setXid(3).setFlags(Set.of())
                .setEntries(List.of(statistics(8))).build());
        List<Meter> meters = new ArrayList<>(core.metrics.get(0));
        assertThat(meters).extracting(Meter::meterCellId).containsExactly(MeterId.meterId(7), MeterId.meterId(8));
        Meter first = meters.get(0);
        assertThat(first.state()).isEqualTo(MeterState.ADDED);
        assertThat(first.bytesSeen()).isEqualTo(2_000);
        assertThat(first.packetsSeen()).isEqualTo(20);
        assertThat(first.referenceCount()).isEqualTo(3);
        assertThat(first.life()).isEqualTo(60);
        assertThat(first.bands().iterator().next().bytes()).isEqualTo(500);
    }

    @Test
    void noMetersAtAllIsNewsToo() {
        controller.arrive(sw, Wire.OF13.buildMeterStatsReply().setFlags(Set.of()).setEntries(List.of()).build());
        assertThat(core.metrics).hasSize(1);
        assertThat(core.metrics.get(0)).isEmpty();
    }

    private static OFMeterStats statistics(long id) {
        return Wire.OF13.buildMeterStats().setMeterId(id).setFlowCount(3).setDurationSec(60)
                .setPacketInCount(U64.of(20)).setByteInCount(U64.of(2_000))
                .setBandStats(List.of(Wire.OF13.meterBandStats(U64.of(5), U64.of(500))))
                .build();
    }

    @Test
    void settingsAreDeclaredAsTheyAre() throws Exception {
        assertThat(ComponentSettings.declared(OpenFlowMeterProvider.class))
                .isEqualTo(ComponentSettings.inCode(OpenFlowMeterProvider.Settings.class))
                .containsEntry("meterStatsPollInterval", "INTEGER|10")
                .containsEntry("forceStatsAfterMeterRemoval", "BOOLEAN|true")
                .containsEntry("meterExpiryMillis", "INTEGER|30000");
    }
}
