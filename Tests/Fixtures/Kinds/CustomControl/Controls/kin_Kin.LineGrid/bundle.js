var pcf = {};
