// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

/**
 * How many calls the hops of the demo have sent, further attempts included, as their
 * meters say.
 *
 * @param storefront by the gateway to storefront
 * @param orders by storefront to orders
 * @param inventory by orders to inventory
 * @param payments by orders to payments
 */
record Sent(double storefront, double orders, double inventory, double payments) {

	static Sent read(Demo demo, Http http) {
		return new Sent(sent(demo, http, "gateway", "storefront"), sent(demo, http, "storefront", "orders"),
				sent(demo, http, "orders", "inventory"), sent(demo, http, "orders", "payments"));
	}

	private static double sent(Demo demo, Http http, String caller, String service) {
		return http.meter(demo.url(caller) + "/actuator/prometheus", "governance_attempts_total",
				"service=\"" + service + "\"");
	}

	Sent since(Sent earlier) {
		return new Sent(this.storefront - earlier.storefront, this.orders - earlier.orders,
				this.inventory - earlier.inventory, this.payments - earlier.payments);
	}

}
