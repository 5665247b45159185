// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often orders tried each instance of inventory so far, as its meters say: attempts
 * that fail or hang count, too.
 */
final class Attempts {

	private static final Pattern SERIES = Pattern.compile("(?m)^governance_attempts_total\\{([^}]*)} (\\S+)");

	private static final Pattern TARGET = Pattern.compile("target=\"([^\"]+)\"");

	private final Map<String, Double> byAddress;

	private Attempts(Map<String, Double> byAddress) {
		this.byAddress = byAddress;
	}

	static Attempts read(Demo demo, Http http) {
		Map<String, Double> byAddress = new TreeMap<>();
		Matcher series = SERIES.matcher(http.get(demo.url("orders") + "/actuator/prometheus").body());
		while (series.find()) {
			Matcher target = TARGET.matcher(series.group(1));
			if (series.group(1).contains("service=\"inventory\"") && target.find()) {
				byAddress.put("http://" + target.group(1), Double.valueOf(series.group(2)));
			}
		}
		return new Attempts(byAddress);
	}

	/**
	 * The share of an instance in the attempts since an earlier reading.
	 * @param url the instance's base address
	 * @param earlier the earlier reading
	 */
	double share(String url, Attempts earlier) {
		return (at(url) - earlier.at(url)) / (total() - earlier.total());
	}

	private double at(String url) {
		return this.byAddress.getOrDefault(url, 0.0);
	}

	double total() {
		return this.byAddress.values().stream().mapToDouble(Double::doubleValue).sum();
	}

}
