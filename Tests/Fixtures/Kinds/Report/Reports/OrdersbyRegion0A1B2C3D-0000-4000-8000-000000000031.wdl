<Report>
  <DataSets />
</Report>
