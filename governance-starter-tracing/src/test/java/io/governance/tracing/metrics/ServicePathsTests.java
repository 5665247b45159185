// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServicePathsTests {

	private final ServicePaths paths = new ServicePaths();

	@ParameterizedTest
	@CsvSource({ "/lb://inventory/items/{id}, /items/{id}", "/lb://inventory/, /", "/lb://inventory, /",
			"/items/{id}, /items/{id}", "none, none", "/lb:/x, /lb:/x" })
	void theUriOfACallToAServiceIsItsPath(String uri, String path) {
		Observation.Context context = new Observation.Context();
		context.addLowCardinalityKeyValue(KeyValue.of("uri", uri));
		KeyValue value = this.paths.map(context).getLowCardinalityKeyValue("uri");
		assertThat(value).isEqualTo(KeyValue.of("uri", path));
		assertThat(this.paths.map(id(Tags.of("method", "GET", "uri", uri))).getTags())
			.containsExactlyElementsOf(Tags.of("method", "GET", "uri", path));
	}

	@Test
	void whatHasNoUriStays() {
		Observation.Context context = new Observation.Context();
		@Nullable KeyValue none = this.paths.map(context).getLowCardinalityKeyValue("uri");
		assertThat(none).isNull();
		Meter.Id id = id(Tags.of("method", "GET"));
		assertThat(this.paths.map(id)).isSameAs(id);
	}

	private static Meter.Id id(Tags tags) {
		return new Meter.Id("http.client.requests", tags, null, null, Meter.Type.TIMER);
	}

}
