// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.governance.discovery.Instance;
import io.governance.time.TimeSource;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The instances of the service that is called, the same for both sides: in three zones,
 * nine of ten in version 1, with weights of 1 to 3, every tenth of them ten minutes old.
 *
 * @param size how many
 */
record Fleet(int size) {

	static final String SERVICE = "inventory";

	static final String ZONE = "a";

	static final String VERSION = "1";

	private static final long YOUNG_MILLIS = 600_000;

	private static final long OLD_MILLIS = 86_400_000;

	private static final int ZONES = 3;

	private static final int TENTH = 10;

	/** Bad ones are in our own zone, and of version 1. */
	private static final int ONE_IS_BAD_OF = 30;

	private static final int BAD = 6;

	List<Instance> ours() {
		return IntStream.range(0, this.size)
			.mapToObj((number) -> new Instance(id(number), SERVICE, host(number), 8080, false, metadata(number)))
			.toList();
	}

	List<ServiceInstance> springs() {
		return IntStream.range(0, this.size)
			.<ServiceInstance>mapToObj((number) -> new DefaultServiceInstance(id(number), SERVICE, host(number), 8080,
					false, metadata(number)))
			.toList();
	}

	/**
	 * Whether calls to an instance fail, so that it is ejected. None of the smallest
	 * fleet: a third of its local instances would be out, and calls would spill over.
	 */
	boolean isBad(String id) {
		return this.size > ONE_IS_BAD_OF
				&& Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)) % ONE_IS_BAD_OF == BAD;
	}

	private static String id(int number) {
		return SERVICE + "-" + number;
	}

	private static String host(int number) {
		return "10." + (number >> 16) + "." + ((number >> 8) & 0xff) + "." + (number & 0xff);
	}

	private static Map<String, String> metadata(int number) {
		long age = (number % TENTH == TENTH / 2) ? YOUNG_MILLIS : OLD_MILLIS;
		String version = (number % TENTH == TENTH - 1) ? "2" : VERSION;
		Map<String, String> metadata = new HashMap<>();
		metadata.put("zone", String.valueOf((char) ('a' + number % ZONES)));
		metadata.put("version", version);
		metadata.put("hint", version);
		metadata.put("weight", String.valueOf(1 + number / ZONES % ZONES));
		metadata.put("start-time", String.valueOf(TimeSource.system().epochMillis() - age));
		return metadata;
	}

}
