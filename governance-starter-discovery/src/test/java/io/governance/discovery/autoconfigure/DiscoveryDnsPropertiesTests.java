// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.governance.discovery.dns.DnsRecords;
import io.governance.discovery.dns.DnsServiceName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DiscoveryDnsProperties}: how each service is found.
 */
class DiscoveryDnsPropertiesTests {

	@Test
	void theServicesNameTakesItsPlaceInTheName() {
		assertThat(where("orders", "name", "{service}.default.svc.cluster.local"))
			.isEqualTo(new DnsServiceName("orders.default.svc.cluster.local", DnsRecords.SRV, 0, false, Map.of()));
	}

	@Test
	void itTakesEachPlaceThatIsForIt() {
		assertThat(where("orders", "name", "_{service}._tcp.{service}.example.com").name())
			.isEqualTo("_orders._tcp.orders.example.com");
	}

	@Test
	void aNameWithoutAPlaceForItIsAskedForAsItIs() {
		assertThat(where("orders", "name", "all.example.com").name()).isEqualTo("all.example.com");
	}

	@Test
	void whatIsSetForAllHoldsForAServiceWithoutSettings() {
		assertThat(where("orders", "name", "{service}.example.com", "records", "A", "port", "8080", "secure", "true",
				"services.inventory.port", "9090"))
			.isEqualTo(new DnsServiceName("orders.example.com", DnsRecords.A, 8080, true, Map.of()));
	}

	@Test
	void whatIsSetForAServiceTakesThePlaceOfWhatIsSetForAll() {
		assertThat(where("orders", "name", "{service}.example.com", "secure", "true", "services.orders.name",
				"{service}-v2.example.org", "services.orders.records", "AAAA", "services.orders.port", "9090",
				"services.orders.secure", "false", "services.orders.metadata.version", "2"))
			.isEqualTo(
					new DnsServiceName("orders-v2.example.org", DnsRecords.AAAA, 9090, false, Map.of("version", "2")));
	}

	@Test
	void whatIsNotSetForAServiceIsAsForAll() {
		assertThat(where("orders", "name", "{service}.example.com", "records", "A", "port", "8080", "secure", "true",
				"services.orders.metadata.zone", "a"))
			.isEqualTo(new DnsServiceName("orders.example.com", DnsRecords.A, 8080, true, Map.of("zone", "a")));
		assertThat(where("orders", "name", "{service}.example.com", "records", "A", "port", "8080",
				"services.orders.name", "old.example.org"))
			.isEqualTo(new DnsServiceName("old.example.org", DnsRecords.A, 8080, false, Map.of()));
	}

	private static DnsServiceName where(String service, String... properties) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < properties.length; i += 2) {
			values.put("governance.discovery.dns." + properties[i], properties[i + 1]);
		}
		return new Binder(new MapConfigurationPropertySource(values))
			.bind("governance.discovery.dns", DiscoveryDnsProperties.class)
			.get()
			.where(service);
	}

}
